package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.SwitchParameter;
import io.tollgate.trading.strategies.WholeParameter;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Average;
import io.tollgate.trading.strategies.internal.indicators.Ema;
import io.tollgate.trading.strategies.internal.indicators.Sma;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Buys when a fast moving average rises through a slow one. */
public final class MovingAverageCross extends BarFold {
  private static final WholeParameter FAST =
      new WholeParameter("fast_ma", 5, 1, 1_000, "bars of the fast average");
  private static final WholeParameter SLOW =
      new WholeParameter("slow_ma", 20, 2, 2_000, "bars of the slow average");
  private static final SwitchParameter EXPONENTIAL =
      new SwitchParameter("use_ema", false, "exponential averages instead of plain ones");
  private static final NumberParameter STOP =
      new NumberParameter(
          "atr_sl_mult", Set.of("sl_atr_mult"), 2.0, 0.01, 100, AtrLevels.STOP.description());
  private static final NumberParameter TARGET =
      new NumberParameter(
          "atr_tp_mult", Set.of("tp_atr_mult"), 4.0, 0.01, 100, AtrLevels.TARGET.description());

  public static final StrategyKind KIND =
      StrategyKind.of(
              "ma_cross",
              "Moving-average cross",
              "Buys when the fast average rises through the slow one.",
              List.of(FAST, SLOW, EXPONENTIAL, STOP, TARGET, AtrLevels.FLOOR),
              MovingAverageCross::new)
          .on(Timeframe.FIFTEEN_MINUTES)
          .checked(settings -> Together.less(settings, FAST, SLOW));

  private final Average fast;
  private final Average slow;
  private final AtrLevels levels;

  private MovingAverageCross(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(SLOW) + 2);
    this.fast = average(settings, settings.get(FAST));
    this.slow = average(settings, settings.get(SLOW));
    this.levels = new AtrLevels(settings, STOP, TARGET);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double fastBefore = fast.value();
    double slowBefore = slow.value();
    double fastNow = fast.add(close);
    double slowNow = slow.add(close);
    levels.add(high, low, close);
    if (silent()) {
      return Optional.empty();
    }
    if (fastBefore <= slowBefore && fastNow > slowNow) {
      return cross(SignalSide.BUY, close);
    }
    if (fastBefore >= slowBefore && fastNow < slowNow) {
      return cross(SignalSide.SELL, close);
    }
    return Optional.empty();
  }

  private static Average average(StrategySettings settings, int period) {
    return settings.get(EXPONENTIAL) ? new Ema(period) : new Sma(period);
  }

  private Optional<StrategyOutput> cross(SignalSide side, double close) {
    double distance = Math.abs(fast.value() - slow.value());
    return open(
        side,
        close,
        levels.stop(side, close),
        levels.target(side, close),
        Math.min(90, 70 + 10 * distance / slow.value() * 100),
        side == SignalSide.BUY
            ? "the fast average rose through the slow one"
            : "the fast average fell through the slow one",
        Seen.of("fast_ma", fast.value())
            .and("slow_ma", slow.value())
            .and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    fast.state(copy);
    slow.state(copy);
    levels.state(copy);
  }
}
