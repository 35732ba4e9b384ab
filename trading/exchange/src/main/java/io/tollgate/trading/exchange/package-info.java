/**
 * Exchanges behind one small face: market data, accounts, orders and private events of Binance, OKX
 * and Gate, and paper trading. Knows no database. What became of an order is a sealed {@link
 * io.tollgate.trading.exchange.Outcome}, so that what is unknown cannot be taken for what failed.
 */
@NullMarked
package io.tollgate.trading.exchange;

import org.jspecify.annotations.NullMarked;
