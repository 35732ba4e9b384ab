package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalType;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.WholeParameter;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.ZScore;
import java.util.List;
import java.util.Optional;

/** Buys far below the mean, and closes near it. */
public final class MeanReversion extends BarFold {
  private static final WholeParameter PERIOD =
      new WholeParameter("period", 20, 2, 1_000, "bars of the mean");
  private static final NumberParameter ENTRY =
      new NumberParameter("std_mult", 2, 0.01, 20, "deviations from the mean that open");
  private static final NumberParameter EXIT =
      new NumberParameter(
          "exit_std", 0.5, 0, 20, "deviations from the mean within which it is closed");

  public static final StrategyKind KIND =
      StrategyKind.of(
              "mean_reversion",
              "Mean reversion",
              "Buys far below the mean; closes when the mean is near again.",
              List.of(PERIOD, ENTRY, EXIT, AtrLevels.FLOOR),
              MeanReversion::new)
          .checked(settings -> Together.less(settings, EXIT, ENTRY));

  private final ZScore score;
  private final double entry;
  private final double exit;
  private final AtrLevels levels;
  private final Standing bought;
  private final Standing sold;

  private MeanReversion(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(PERIOD) + 1);
    this.score = new ZScore(settings.get(PERIOD));
    this.entry = settings.get(ENTRY);
    this.exit = settings.get(EXIT);
    this.levels = new AtrLevels(settings, 2, 2);
    this.bought = new Standing(SignalSide.BUY);
    this.sold = new Standing(SignalSide.SELL);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double deviations = score.add(close);
    levels.add(high, low, close);
    bought.pass(high, low);
    sold.pass(high, low);
    if (silent()) {
      return Optional.empty();
    }
    if (Math.abs(deviations) < exit && (bought.open() || sold.open())) {
      return near(close, deviations);
    }
    if (deviations < -entry) {
      return far(SignalSide.BUY, close, deviations);
    }
    if (deviations > entry) {
      return far(SignalSide.SELL, close, deviations);
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> near(double close, double deviations) {
    Optional<SignalSide> side =
        bought.open() && sold.open()
            ? Optional.empty()
            : Optional.of(bought.open() ? SignalSide.SELL : SignalSide.BUY);
    bought.closed();
    sold.closed();
    return say(
        SignalType.CLOSE,
        side,
        close,
        Double.NaN,
        Double.NaN,
        confidence(deviations),
        "the close is near the mean again",
        Seen.of("z_score", deviations).and("mean", score.mean()));
  }

  private Optional<StrategyOutput> far(SignalSide side, double close, double deviations) {
    double stop = levels.stop(side, close);
    (side == SignalSide.BUY ? bought : sold).opened(stop, score.mean());
    return open(
        side,
        close,
        stop,
        score.mean(),
        confidence(deviations),
        side == SignalSide.BUY
            ? "the close is far below the mean"
            : "the close is far above the mean",
        Seen.of("z_score", deviations)
            .and("mean", score.mean())
            .and("atr", levels.distance(close)));
  }

  private static double confidence(double deviations) {
    return 70 + Math.min(5 * Math.abs(deviations), 20);
  }

  @Override
  protected void state(StateCopy copy) {
    score.state(copy);
    levels.state(copy);
    bought.state(copy);
    sold.state(copy);
  }
}
