/**
 * An exchange that speaks Binance's protocol: spot and USDT perpetuals, over REST and WebSocket.
 *
 * <p>Everything that changes is confined to the provider's one event loop: accounts, orders, market
 * clock, limits, faults, streams. Candles are computed on a worker thread, of prices that are a
 * function of time.
 */
@NullMarked
package io.tollgate.sandbox.internal.trading;

import org.jspecify.annotations.NullMarked;
