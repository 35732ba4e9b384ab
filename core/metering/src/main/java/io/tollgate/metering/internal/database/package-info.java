/**
 * The database's side of metering: leases, the register of meter logs, and settlement, as rows of
 * PostgreSQL. Decisions are made by pure code over rows that are loaded and locked.
 */
@NullMarked
package io.tollgate.metering.internal.database;

import org.jspecify.annotations.NullMarked;
