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
import io.tollgate.trading.strategies.internal.indicators.ZScore;
import java.util.List;
import java.util.Optional;

/** Buys below the mean by a percentage and by deviations, for the way back to it. */
public final class Arbitrage extends BarFold {
  private static final double DEVIATIONS = 1.5;
  private static final NumberParameter SPREAD =
      new NumberParameter(
          "spread_threshold", 0.5, 0, 100, "distance from the mean, in percent of it");
  private static final WholeParameter LOOKBACK =
      new WholeParameter("lookback", 20, 2, 1_000, "bars of the mean");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "arbitrage",
          "Statistical arbitrage",
          "Buys below the mean by a percentage and by deviations, for the way back.",
          List.of(SPREAD, LOOKBACK, AtrLevels.FLOOR),
          Arbitrage::new);

  private final ZScore score;
  private final double threshold;
  private final AtrLevels levels;

  private Arbitrage(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(LOOKBACK) + 1);
    this.score = new ZScore(settings.get(LOOKBACK));
    this.threshold = settings.get(SPREAD);
    this.levels = new AtrLevels(settings, 2, 2);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double deviations = score.add(close);
    double spread = (close - score.mean()) / score.mean() * 100;
    levels.add(high, low, close);
    if (silent()) {
      return Optional.empty();
    }
    if (deviations < -DEVIATIONS && spread < -threshold) {
      return apart(SignalSide.BUY, close, spread);
    }
    if (deviations > DEVIATIONS && spread > threshold) {
      return apart(SignalSide.SELL, close, spread);
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> apart(SignalSide side, double close, double spread) {
    return open(
        side,
        close,
        levels.stop(side, close),
        score.mean(),
        70 + Math.min(5 * Math.abs(score.value()), 20),
        "the close is apart from its mean",
        Seen.of("z_score", score.value())
            .and("spread", spread)
            .and("mean", score.mean())
            .and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    score.state(copy);
    levels.state(copy);
  }
}
