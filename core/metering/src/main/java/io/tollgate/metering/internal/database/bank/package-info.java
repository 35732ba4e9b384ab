/**
 * Leases and wallets in PostgreSQL: what event loops ask of the database while they run. Decisions
 * are made by pure code over rows that are loaded and locked.
 */
@NullMarked
package io.tollgate.metering.internal.database.bank;

import org.jspecify.annotations.NullMarked;
