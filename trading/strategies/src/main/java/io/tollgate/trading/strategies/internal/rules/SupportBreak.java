package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.WholeParameter;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Extreme;
import io.tollgate.trading.strategies.internal.indicators.Past;
import java.util.List;
import java.util.Optional;

/** Buys above a resistance that several bars have touched, and sells below such a support. */
public final class SupportBreak extends BarFold {
  private static final WholeParameter LOOKBACK =
      new WholeParameter(
          "lookback", 50, 2, 2_000, "bars in which resistance and support are looked for");
  private static final WholeParameter TOUCHES =
      new WholeParameter("min_touches", 2, 1, 50, "bars that must have touched it");
  private static final NumberParameter TOLERANCE =
      new NumberParameter(
          "tolerance_pct", 0.3, 0, 10, "distance that counts as a touch, in percent");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "sr_break",
          "Support and resistance",
          "Buys above a high that several bars before have touched.",
          List.of(LOOKBACK, TOUCHES, TOLERANCE, AtrLevels.FLOOR),
          SupportBreak::new);

  private final int lookback;
  private final int touches;
  private final double tolerance;
  private final Extreme highest;
  private final Extreme lowest;
  private final Past highs;
  private final Past lows;
  private final AtrLevels levels;

  private SupportBreak(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(LOOKBACK) + 1);
    this.lookback = settings.get(LOOKBACK);
    this.touches = settings.get(TOUCHES);
    this.tolerance = settings.get(TOLERANCE) / 100;
    this.highest = Extreme.highest(lookback);
    this.lowest = Extreme.lowest(lookback);
    this.highs = new Past(lookback + 1);
    this.lows = new Past(lookback + 1);
    this.levels = new AtrLevels(settings, 1, 1);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double resistance = highest.value();
    double support = lowest.value();
    highest.add(high);
    lowest.add(low);
    highs.add(high);
    lows.add(low);
    levels.add(high, low, close);
    if (silent()) {
      return Optional.empty();
    }
    if (close > resistance && touched(SignalSide.BUY, highs, resistance)) {
      return broken(SignalSide.BUY, close, resistance);
    }
    if (close < support && touched(SignalSide.SELL, lows, support)) {
      return broken(SignalSide.SELL, close, support);
    }
    return Optional.empty();
  }

  private boolean touched(SignalSide side, Past extremes, double level) {
    double near = level * (1 - side.sign() * tolerance);
    int count = 0;
    for (int ago = 1; ago <= lookback; ago++) {
      if (side.sign() * (extremes.get(ago) - near) >= 0) {
        count++;
      }
    }
    return count >= touches;
  }

  private Optional<StrategyOutput> broken(SignalSide side, double close, double level) {
    double stop = level - side.sign() * levels.distance(close);
    return open(
        side,
        close,
        stop,
        close + 2 * (close - stop),
        75,
        side == SignalSide.BUY ? "a resistance is broken" : "a support is broken",
        Seen.of("level", level).and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    highest.state(copy);
    lowest.state(copy);
    highs.state(copy);
    lows.state(copy);
    levels.state(copy);
  }
}
