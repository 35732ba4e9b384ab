/**
 * Accounts and what they trade: wallets, orders, fills, positions; exact, and pure but for time.
 */
@NullMarked
package io.tollgate.sandbox.internal.trading.book;

import org.jspecify.annotations.NullMarked;
