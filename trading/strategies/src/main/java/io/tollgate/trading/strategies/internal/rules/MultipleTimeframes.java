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

/** Buys when a fast average rises through a slow one and the trend of longer bars is up. */
public final class MultipleTimeframes extends BarFold {
  private static final WholeParameter FAST =
      new WholeParameter("ema_fast", 9, 1, 1_000, "bars of the fast average");
  private static final WholeParameter SLOW =
      new WholeParameter("ema_slow", 21, 2, 2_000, "bars of the slow average");
  private static final WholeParameter FACTOR =
      new WholeParameter("higher_factor", 4, 2, 100, "how many of its bars a longer one has");
  private static final WholeParameter HIGHER =
      new WholeParameter(
          "higher_ema", 20, 1, 500, "longer bars of the average that tells their trend");

  public static final StrategyKind KIND =
      StrategyKind.of(
              "mtf",
              "Multiple timeframes",
              "Buys a cross of averages that agrees with the trend of longer bars.",
              List.of(
                  FAST, SLOW, FACTOR, HIGHER, AtrLevels.STOP, AtrLevels.TARGET, AtrLevels.FLOOR),
              MultipleTimeframes::new)
          .checked(settings -> Together.less(settings, FAST, SLOW));

  private final Ema fast;
  private final Ema slow;
  private final HigherTrend trend;
  private final AtrLevels levels;

  private MultipleTimeframes(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(
        kind,
        symbol,
        timeframe,
        settings,
        Math.max(settings.get(SLOW) + 2, settings.get(FACTOR) * (settings.get(HIGHER) + 1)));
    this.fast = new Ema(settings.get(FAST));
    this.slow = new Ema(settings.get(SLOW));
    this.trend = new HigherTrend(timeframe, settings.get(FACTOR), settings.get(HIGHER));
    this.levels = new AtrLevels(settings, AtrLevels.STOP, AtrLevels.TARGET);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double fastBefore = fast.value();
    double slowBefore = slow.value();
    double fastNow = fast.add(close);
    double slowNow = slow.add(close);
    trend.add(openTime, close);
    levels.add(high, low, close);
    if (silent()) {
      return Optional.empty();
    }
    if (fastBefore <= slowBefore && fastNow > slowNow && trend.direction() > 0) {
      return cross(SignalSide.BUY, close);
    }
    if (fastBefore >= slowBefore && fastNow < slowNow && trend.direction() < 0) {
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
        80,
        "the averages crossed along with the trend of longer bars",
        Seen.of("ema_fast", fast.value())
            .and("ema_slow", slow.value())
            .and("higher_ema", trend.mean())
            .and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    fast.state(copy);
    slow.state(copy);
    trend.state(copy);
    levels.state(copy);
  }
}
