package io.tollgate.trading.engine.internal.monitor;

import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.MarketType;

/** Markets by exchange and kind. Safe for use by many threads. */
@FunctionalInterface
public interface MarketAccess {
  MarketData market(Exchange exchange, MarketType type);
}
