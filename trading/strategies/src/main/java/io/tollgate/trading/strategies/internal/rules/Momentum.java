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
import io.tollgate.trading.strategies.internal.indicators.Roc;
import java.util.List;
import java.util.Optional;

/** Buys what has risen by more than a threshold. */
public final class Momentum extends BarFold {
  private static final WholeParameter PERIOD =
      new WholeParameter("momentum_period", 14, 1, 2_000, "bars over which the change is taken");
  private static final NumberParameter THRESHOLD =
      new NumberParameter(
          "momentum_threshold", 5, 0, 1_000, "change above which it is followed, in percent");
  private static final NumberParameter STOP = AtrLevels.STOP.withUsual(1.5);
  private static final NumberParameter TARGET = AtrLevels.TARGET.withUsual(4);

  public static final StrategyKind KIND =
      StrategyKind.of(
          "momentum",
          "Momentum",
          "Buys when the close has risen by more than the threshold.",
          List.of(PERIOD, THRESHOLD, STOP, TARGET, AtrLevels.FLOOR),
          Momentum::new);

  private final Roc roc;
  private final double threshold;
  private final AtrLevels levels;

  private Momentum(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(PERIOD) + 1);
    this.roc = new Roc(settings.get(PERIOD));
    this.threshold = settings.get(THRESHOLD);
    this.levels = new AtrLevels(settings, STOP, TARGET);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double change = roc.add(close);
    levels.add(high, low, close);
    if (silent()) {
      return Optional.empty();
    }
    if (change > threshold) {
      return moved(SignalSide.BUY, close, change);
    }
    if (change < -threshold) {
      return moved(SignalSide.SELL, close, change);
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> moved(SignalSide side, double close, double change) {
    return open(
        side,
        close,
        levels.stop(side, close),
        levels.target(side, close),
        Math.min(90, 70 + Math.abs(change)),
        side == SignalSide.BUY ? "the close has risen fast" : "the close has fallen fast",
        Seen.of("roc", change).and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    roc.state(copy);
    levels.state(copy);
  }
}
