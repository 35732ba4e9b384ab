package io.tollgate.trading.engine.backtest.internal;

import io.tollgate.contracts.Timeframe;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.analytics.RiskFigures;
import io.tollgate.trading.engine.analytics.TradeTotals;
import io.tollgate.trading.engine.backtest.BacktestListener;
import io.tollgate.trading.engine.backtest.BacktestOutcome;
import io.tollgate.trading.engine.backtest.BacktestResult;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.backtest.BacktestTrade;
import io.tollgate.trading.engine.backtest.DropReason;
import io.tollgate.trading.engine.backtest.EquityMark;
import io.tollgate.trading.strategies.SignalSide;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes the result of a run from what it tells, in bounded memory. For one run and one thread. */
public final class ResultRecorder implements BacktestListener {
  private final BacktestTerms terms;
  private final long lengthMs;
  private final List<BacktestTrade> trades = new ArrayList<>();
  private final EquityCurve curve;
  private final long[] dropped = new long[DropReason.values().length];
  private final DayEnds days;
  private TradeTotals longs = TradeTotals.NONE;
  private TradeTotals shorts = TradeTotals.NONE;
  private long first = Long.MIN_VALUE;
  private long last;

  public ResultRecorder(BacktestTerms terms, Timeframe timeframe) {
    this.terms = terms;
    this.lengthMs = timeframe.lengthMs();
    this.days = new DayEnds(terms.initialBalance());
    this.curve =
        new EquityCurve(BacktestResult.MOST_MARKS - 1, terms.initialBalance().doubleValue());
  }

  @Override
  public void closed(BacktestTrade trade) {
    if (trade.side() == SignalSide.BUY) {
      longs = longs.plus(trade.pnl());
    } else {
      shorts = shorts.plus(trade.pnl());
    }
    if (trades.size() < BacktestResult.MOST_TRADES) {
      trades.add(trade);
    }
  }

  @Override
  public void dropped(DropReason reason) {
    dropped[reason.ordinal()]++;
  }

  @Override
  public void equity(long openTime, double equity, double balance) {
    if (first == Long.MIN_VALUE) {
      first = openTime;
    }
    last = openTime;
    days.add(openTime, equity);
    curve.add(openTime + lengthMs, equity, balance);
  }

  /**
   * The result, once the run is over.
   *
   * @throws Refusal {@code INSUFFICIENT_DATA} when there was no bar beyond the lookback
   */
  public BacktestResult result(BacktestOutcome outcome) {
    if (outcome.bars() <= terms.lookback()) {
      throw new Refusal(
              ErrorCode.INSUFFICIENT_DATA,
              "candles: "
                  + outcome.bars()
                  + " (expected: at least "
                  + (terms.lookback() + 1L)
                  + ", one more than the lookback of "
                  + terms.lookback()
                  + ")")
          .ofField("candles");
    }
    RiskFigures risk = RiskFigures.of(days.endingWith(outcome.finalBalance())).orElseThrow();
    return new BacktestResult(
        first,
        last + lengthMs,
        outcome,
        longs,
        shorts,
        trades,
        marks(outcome.finalBalance().doubleValue()),
        counts(),
        risk);
  }

  private Map<DropReason, Long> counts() {
    Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);
    for (DropReason reason : DropReason.values()) {
      if (dropped[reason.ordinal()] > 0) {
        counts.put(reason, dropped[reason.ordinal()]);
      }
    }
    return counts;
  }

  /** The course, whose end is after everything was closed. */
  private List<EquityMark> marks(double finalBalance) {
    List<EquityMark> marks = new ArrayList<>(curve.marks());
    if (marks.getLast().time() == last + lengthMs) {
      marks.removeLast();
    }
    double peak = Math.max(curve.peak(), finalBalance);
    marks.add(new EquityMark(last + lengthMs, finalBalance, finalBalance, peak));
    return marks;
  }
}
