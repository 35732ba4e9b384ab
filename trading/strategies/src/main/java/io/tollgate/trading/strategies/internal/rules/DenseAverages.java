package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.ChoiceParameter;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.WholeListParameter;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Average;
import io.tollgate.trading.strategies.internal.indicators.Ema;
import io.tollgate.trading.strategies.internal.indicators.Sma;
import java.util.List;
import java.util.Optional;

/**
 * Buys when averages of several lengths were close together and the close rises above all of them.
 */
public final class DenseAverages extends BarFold {
  private static final WholeListParameter PERIODS =
      new WholeListParameter(
          "ma_periods", List.of(5, 10, 20, 60), 1, 1_000, 2, 8, "bars of the averages");
  private static final ChoiceParameter TYPE =
      new ChoiceParameter("ma_type", "SMA", List.of("SMA", "EMA"), "plain or exponential averages");
  private static final NumberParameter DENSE =
      new NumberParameter(
          "dense_threshold",
          2,
          0,
          100,
          "distance of the averages, in percent of the lowest, below which they are close");
  private static final NumberParameter STOP = AtrLevels.STOP.withUsual(1.5);

  public static final StrategyKind KIND =
      StrategyKind.of(
          "ma_dense",
          "Dense averages",
          "Buys when averages of several lengths were close together and the close rises above them all.",
          List.of(PERIODS, TYPE, DENSE, STOP, AtrLevels.TARGET, AtrLevels.FLOOR),
          DenseAverages::new);

  private final Average[] averages;
  private final double dense;
  private final AtrLevels levels;
  private double highest = Double.NaN;
  private double lowest = Double.NaN;
  private double closeBefore;

  private DenseAverages(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(PERIODS).getLast() + 1);
    this.averages = averages(settings);
    this.dense = settings.get(DENSE);
    this.levels = new AtrLevels(settings, STOP, AtrLevels.TARGET);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double before = closeBefore;
    double highestBefore = highest;
    double lowestBefore = lowest;
    addToAverages(close);
    levels.add(high, low, close);
    closeBefore = close;
    if (silent() || !((highestBefore - lowestBefore) / lowestBefore * 100 < dense)) {
      return Optional.empty();
    }
    if (before <= highestBefore && close > highest) {
      return left(SignalSide.BUY, close);
    }
    if (before >= lowestBefore && close < lowest) {
      return left(SignalSide.SELL, close);
    }
    return Optional.empty();
  }

  private static Average[] averages(StrategySettings settings) {
    boolean plain = settings.get(TYPE).equals("SMA");
    return settings.get(PERIODS).stream()
        .map(period -> plain ? new Sma(period) : new Ema(period))
        .toArray(Average[]::new);
  }

  private void addToAverages(double close) {
    highest = Double.NEGATIVE_INFINITY;
    lowest = Double.POSITIVE_INFINITY;
    for (Average average : averages) {
      double value = average.add(close);
      highest = Math.max(highest, value);
      lowest = Math.min(lowest, value);
    }
  }

  private Optional<StrategyOutput> left(SignalSide side, double close) {
    return open(
        side,
        close,
        levels.stop(side, close),
        levels.target(side, close),
        75,
        "the close left averages that were close together",
        Seen.of("ma_highest", highest).and("ma_lowest", lowest).and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    for (Average average : averages) {
      average.state(copy);
    }
    levels.state(copy);
    closeBefore = copy.number(closeBefore);
    highest = copy.number(highest);
    lowest = copy.number(lowest);
  }
}
