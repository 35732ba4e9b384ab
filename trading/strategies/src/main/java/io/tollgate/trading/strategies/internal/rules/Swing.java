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
import io.tollgate.trading.strategies.internal.indicators.Sma;
import java.util.List;
import java.util.Optional;

/** Buys when the close rises through an average that does not fall, for a swing of some percent. */
public final class Swing extends BarFold {
  private static final int RECENT = 5;
  private static final WholeParameter PERIOD =
      new WholeParameter("ma_period", 20, 1, 2_000, "bars of the average");
  private static final NumberParameter TARGET =
      new NumberParameter("swing_target", 5, 0.01, 90, "distance of the target, in percent");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "swing",
          "Swing",
          "Buys when the close rises through an average that does not fall, for a swing of some percent.",
          List.of(PERIOD, TARGET, AtrLevels.FLOOR),
          Swing::new);

  private final Sma mean;
  private final Extreme highs;
  private final Extreme lows;
  private final AtrLevels levels;
  private final double targetPercent;
  private double closeBefore;

  private Swing(StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, Math.max(settings.get(PERIOD), RECENT) + 1);
    this.mean = new Sma(settings.get(PERIOD));
    this.highs = Extreme.highest(RECENT);
    this.lows = Extreme.lowest(RECENT);
    this.levels = new AtrLevels(settings, 1, 1);
    this.targetPercent = settings.get(TARGET);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double meanBefore = mean.value();
    double before = closeBefore;
    double now = mean.add(close);
    highs.add(high);
    lows.add(low);
    levels.add(high, low, close);
    closeBefore = close;
    if (silent()) {
      return Optional.empty();
    }
    if (before <= meanBefore && close > now && now >= meanBefore) {
      return swung(SignalSide.BUY, close);
    }
    if (before >= meanBefore && close < now && now <= meanBefore) {
      return swung(SignalSide.SELL, close);
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> swung(SignalSide side, double close) {
    double near = levels.stop(side, close);
    double stop =
        side == SignalSide.BUY ? Math.min(lows.value(), near) : Math.max(highs.value(), near);
    return open(
        side,
        close,
        stop,
        close * (1 + side.sign() * (targetPercent / 100)),
        70,
        "the close went through its average, which goes along",
        Seen.of("ma", mean.value()).and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    mean.state(copy);
    highs.state(copy);
    lows.state(copy);
    levels.state(copy);
    closeBefore = copy.number(closeBefore);
  }
}
