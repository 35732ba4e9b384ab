package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;

/** Of which one position at a time is open: an account, a market, a pair, a direction. */
public record PositionKey(long account, MarketType market, Symbol symbol, Direction direction) {
  public PositionKey {
    requireNonNull(market, "market is null");
    requireNonNull(symbol, "symbol is null");
    requireNonNull(direction, "direction is null");
  }

  @Override
  public String toString() {
    return account + " " + market + " " + symbol + " " + direction;
  }
}
