package io.tollgate.trading.engine.risk;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is to be ordered, as rules see it.
 *
 * @param symbol in whichever spelling
 * @param notional quantity × price, in USDT; empty: not known
 */
public record RiskOrder(
    String symbol, Intent intent, Origin origin, Optional<BigDecimal> notional) {
  public RiskOrder {
    requireNonNull(symbol, "symbol is null");
    requireNonNull(intent, "intent is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(notional, "notional is null");
  }

  /** What it does to a position. */
  public enum Intent {
    OPEN,
    ADD,
    REDUCE,
    CLOSE;

    /** Whether more is at stake afterwards. */
    public boolean enters() {
      return switch (this) {
        case OPEN, ADD -> true;
        case REDUCE, CLOSE -> false;
      };
    }
  }

  /** Who wants it. */
  public enum Origin {
    STRATEGY,
    /** A person. */
    MANUAL,
    /** Whoever watches over stops and targets. */
    WATCHER
  }
}
