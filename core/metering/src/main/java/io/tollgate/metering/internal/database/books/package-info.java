/**
 * Booking what meter logs hold: position, entries, leases, usage records and statistics in one
 * transaction; and reading it.
 */
@NullMarked
package io.tollgate.metering.internal.database.books;

import org.jspecify.annotations.NullMarked;
