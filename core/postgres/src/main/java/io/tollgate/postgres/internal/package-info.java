/** How the server is unpacked, made and run. Closed to other modules. */
@NullMarked
package io.tollgate.postgres.internal;

import org.jspecify.annotations.NullMarked;
