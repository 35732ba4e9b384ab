package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.WholeParameter;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Ema;
import java.util.List;
import java.util.Optional;

/** Buys when a fast exponential average rises through a slow one, above a third. */
public final class ExponentialCross extends BarFold {
  private static final WholeParameter FAST =
      new WholeParameter("fast_ema", 9, 1, 1_000, "bars of the fast average");
  private static final WholeParameter SLOW =
      new WholeParameter("slow_ema", 21, 2, 2_000, "bars of the slow average");
  private static final WholeParameter SIGNAL =
      new WholeParameter(
          "signal_ema", 5, 1, 1_000, "bars of the average that the close must have passed");

  public static final StrategyKind KIND =
      StrategyKind.of(
              "ema_cross",
              "Exponential cross",
              "Buys when the fast exponential average rises through the slow one and the close is above a third.",
              List.of(FAST, SLOW, SIGNAL, AtrLevels.STOP, AtrLevels.TARGET, AtrLevels.FLOOR),
              ExponentialCross::new)
          .checked(settings -> Together.less(settings, FAST, SLOW));

  private final Ema fast;
  private final Ema slow;
  private final Ema signal;
  private final AtrLevels levels;

  private ExponentialCross(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(SLOW) + 2);
    this.fast = new Ema(settings.get(FAST));
    this.slow = new Ema(settings.get(SLOW));
    this.signal = new Ema(settings.get(SIGNAL));
    this.levels = new AtrLevels(settings, AtrLevels.STOP, AtrLevels.TARGET);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double fastBefore = fast.value();
    double slowBefore = slow.value();
    double fastNow = fast.add(close);
    double slowNow = slow.add(close);
    double passed = signal.add(close);
    levels.add(high, low, close);
    if (silent()) {
      return Optional.empty();
    }
    if (fastBefore <= slowBefore && fastNow > slowNow && close > passed) {
      return cross(SignalSide.BUY, close);
    }
    if (fastBefore >= slowBefore && fastNow < slowNow && close < passed) {
      return cross(SignalSide.SELL, close);
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> cross(SignalSide side, double close) {
    return open(
        side,
        close,
        levels.stop(side, close),
        levels.target(side, close),
        75,
        side == SignalSide.BUY
            ? "the fast average rose through the slow one, below the close"
            : "the fast average fell through the slow one, above the close",
        Seen.of("fast_ema", fast.value())
            .and("slow_ema", slow.value())
            .and("signal_ema", signal.value())
            .and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    fast.state(copy);
    slow.state(copy);
    signal.state(copy);
    levels.state(copy);
  }
}
