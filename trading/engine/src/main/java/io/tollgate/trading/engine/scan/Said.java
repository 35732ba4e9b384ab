package io.tollgate.trading.engine.scan;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.StrategyOutput;

/** What a strategy said at a bar's close. */
public record Said(Bar bar, StrategyOutput output) {
  public Said {
    requireNonNull(bar, "bar is null");
    requireNonNull(output, "output is null");
  }
}
