package io.tollgate.trading.engine.search;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.backtest.BacktestResult;
import java.math.BigDecimal;

/**
 * What a run must come to for its score to count.
 *
 * @param minTrades at least
 * @param maxDrawdownPct at most; 0: any
 * @param minWinRate at least, in percent
 */
public record Constraints(long minTrades, double maxDrawdownPct, BigDecimal minWinRate) {
  public static final Constraints NONE = new Constraints(0, 0, BigDecimal.ZERO);

  public Constraints {
    requireNonNull(minWinRate, "minWinRate is null");
  }

  boolean hold(BacktestResult result) {
    return result.all().trades() >= minTrades
        && (maxDrawdownPct == 0 || result.outcome().maxDrawdownPct() <= maxDrawdownPct)
        && result.all().winRate().compareTo(minWinRate) >= 0;
  }
}
