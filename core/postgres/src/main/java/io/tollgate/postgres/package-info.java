/** The real PostgreSQL server as a child process: unpacked, started, supervised and stopped. */
@NullMarked
package io.tollgate.postgres;

import org.jspecify.annotations.NullMarked;
