/** A real, migrated PostgreSQL database for each test that wants one. */
@NullMarked
package io.tollgate.data.testing;

import org.jspecify.annotations.NullMarked;
