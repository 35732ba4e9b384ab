package io.tollgate.trading.engine.candles;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;

/** Of what candles are: one market of an exchange, and how long they are. */
public record SeriesName(
    Exchange exchange, MarketType marketType, Symbol symbol, Timeframe timeframe) {
  public SeriesName {
    requireNonNull(exchange, "exchange is null");
    requireNonNull(marketType, "marketType is null");
    requireNonNull(symbol, "symbol is null");
    requireNonNull(timeframe, "timeframe is null");
  }

  /** For people. */
  @Override
  public String toString() {
    return exchange.code() + " " + marketType.code() + " " + symbol + " " + timeframe.code();
  }
}
