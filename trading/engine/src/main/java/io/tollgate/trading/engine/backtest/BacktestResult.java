package io.tollgate.trading.engine.backtest;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.analytics.RiskFigures;
import io.tollgate.trading.engine.analytics.TradeTotals;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run came to, with what is needed to show it. Immutable, and bounded whatever the number of
 * bars: figures are of everything, lists keep a part.
 *
 * @param startTime when the first bar opened, in milliseconds since 1970
 * @param endTime when the last bar closed
 * @param longs what long trades brought, all of them
 * @param shorts likewise
 * @param trades the first {@link #MOST_TRADES}
 * @param equityCurve at most {@link #MOST_MARKS}, at equal distances in bars, and the end
 * @param dropped how often something that the strategy said was not traded, by why
 * @param risk of the equity at the end of each day in UTC, beginning with the initial balance
 */
public record BacktestResult(
    long startTime,
    long endTime,
    BacktestOutcome outcome,
    TradeTotals longs,
    TradeTotals shorts,
    List<BacktestTrade> trades,
    List<EquityMark> equityCurve,
    Map<DropReason, Long> dropped,
    RiskFigures risk) {
  public static final int MOST_TRADES = 10_000;

  public static final int MOST_MARKS = 2_001;

  public BacktestResult {
    requireNonNull(outcome, "outcome is null");
    requireNonNull(longs, "longs is null");
    requireNonNull(shorts, "shorts is null");
    trades = List.copyOf(trades);
    equityCurve = List.copyOf(equityCurve);
    Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);
    counts.putAll(dropped);
    dropped = Collections.unmodifiableMap(counts);
    requireNonNull(risk, "risk is null");
  }

  /** What all trades brought: their sum is the final balance less the initial one. */
  public TradeTotals all() {
    return longs.plus(shorts);
  }
}
