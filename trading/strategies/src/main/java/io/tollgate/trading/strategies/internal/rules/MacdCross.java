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
import io.tollgate.trading.strategies.internal.indicators.Macd;
import java.util.List;
import java.util.Optional;

/** Buys when the histogram of the MACD rises through 0. */
public final class MacdCross extends BarFold {
  private static final WholeParameter FAST =
      new WholeParameter("macd_fast", 12, 1, 1_000, "bars of the fast average");
  private static final WholeParameter SLOW =
      new WholeParameter("macd_slow", 26, 2, 2_000, "bars of the slow average");
  private static final WholeParameter SIGNAL =
      new WholeParameter("macd_signal", 9, 1, 1_000, "bars of the signal");

  public static final StrategyKind KIND =
      StrategyKind.of(
              "macd",
              "MACD",
              "Buys when the histogram of the MACD rises through 0.",
              List.of(FAST, SLOW, SIGNAL, AtrLevels.STOP, AtrLevels.TARGET, AtrLevels.FLOOR),
              MacdCross::new)
          .checked(settings -> Together.less(settings, FAST, SLOW));

  private final Macd macd;
  private final AtrLevels levels;

  private MacdCross(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(SLOW) + settings.get(SIGNAL));
    this.macd = new Macd(settings.get(FAST), settings.get(SLOW), settings.get(SIGNAL));
    this.levels = new AtrLevels(settings, AtrLevels.STOP, AtrLevels.TARGET);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double before = macd.histogram();
    double now = macd.add(close);
    levels.add(high, low, close);
    if (silent()) {
      return Optional.empty();
    }
    if (before <= 0 && now > 0) {
      return cross(SignalSide.BUY, close);
    }
    if (before >= 0 && now < 0) {
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
        Math.min(85, 65 + 5 * Math.abs(macd.histogram())),
        side == SignalSide.BUY ? "the histogram rose through 0" : "the histogram fell through 0",
        Seen.of("macd", macd.line())
            .and("macd_signal", macd.signal())
            .and("macd_histogram", macd.histogram())
            .and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    macd.state(copy);
    levels.state(copy);
  }
}
