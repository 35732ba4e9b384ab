package io.tollgate.trading.engine.backtest;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.engine.backtest.internal.ResultRecorder;
import io.tollgate.trading.engine.backtest.internal.Run;
import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.strategies.SignalStrategy;

/** Runs a strategy over closed bars. Memory does not grow with their number. */
public final class Backtest {
  private Backtest() {}

  /**
   * Trades what the strategy says, bar by bar: what is due fills at the open, then positions end by
   * the bar's prices, then the strategy sees the closed bar. Funding due up to the open is paid
   * before fills, at the open; what falls due within the bar after its exits, at its close.
   *
   * <p>Orders that close without a position of their side are dropped as {@link
   * DropReason#NO_POSITION}. After the halt of {@code maxDrawdownPct} or {@code
   * maxConsecutiveLosses} open positions go on by their levels, and no new one is entered.
   *
   * @param strategy that has seen no bar yet; used up by the run
   * @param bars sound and ascending; used up by the run
   * @throws IllegalArgumentException when the strategy has seen a bar
   */
  public static BacktestOutcome run(
      SignalStrategy strategy,
      Timeframe timeframe,
      BarFeed bars,
      BacktestTerms terms,
      BacktestListener listener) {
    requireNonNull(bars, "bars is null");
    if (strategy.taken() != 0) {
      throw new IllegalArgumentException(
          "bars the strategy has seen: " + strategy.taken() + " (expected: 0)");
    }
    return new Run(strategy, timeframe, terms, listener).over(bars);
  }

  /**
   * The same, with what is needed to show it.
   *
   * @throws io.tollgate.ground.Refusal {@code INSUFFICIENT_DATA} when there are not more bars than
   *     the lookback
   */
  public static BacktestResult result(
      SignalStrategy strategy, Timeframe timeframe, BarFeed bars, BacktestTerms terms) {
    ResultRecorder recorder = new ResultRecorder(terms, timeframe);
    return recorder.result(run(strategy, timeframe, bars, terms, recorder));
  }
}
