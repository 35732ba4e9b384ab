/** The database's side of metering, on real PostgreSQL. */
@NullMarked
package io.tollgate.metering.internal.database;

import org.jspecify.annotations.NullMarked;
