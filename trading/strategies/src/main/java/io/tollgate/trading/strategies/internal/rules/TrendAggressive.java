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
import io.tollgate.trading.strategies.internal.indicators.Ema;
import io.tollgate.trading.strategies.internal.indicators.Rsi;
import java.util.List;
import java.util.Optional;

/** Buys when a fast exponential average rises through a slow one, while the RSI leaves room. */
public final class TrendAggressive extends BarFold {
  private static final int RSI_PERIOD = 14;

  /** For a sale 100 less it. */
  private static final double RSI_MOST = 65;

  private static final double TARGET = 3;
  private static final WholeParameter FAST =
      new WholeParameter("ema_fast", 8, 1, 1_000, "bars of the fast average");
  private static final WholeParameter SLOW =
      new WholeParameter("ema_slow", 21, 2, 2_000, "bars of the slow average");
  private static final NumberParameter STOP =
      new NumberParameter(
          "atr_multiplier", 1.5, 0.01, 100, "distance of the stop, in multiples of A");

  public static final StrategyKind KIND =
      StrategyKind.of(
              "trend_aggressive",
              "Aggressive trend",
              "Buys when the fast average rises through the slow one and the RSI is below 65.",
              List.of(FAST, SLOW, STOP, AtrLevels.FLOOR),
              TrendAggressive::new)
          .checked(settings -> Together.less(settings, FAST, SLOW));

  private final Ema fast;
  private final Ema slow;
  private final Rsi rsi;
  private final AtrLevels levels;

  private TrendAggressive(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, Math.max(settings.get(SLOW), RSI_PERIOD) + 2);
    this.fast = new Ema(settings.get(FAST));
    this.slow = new Ema(settings.get(SLOW));
    this.rsi = new Rsi(RSI_PERIOD);
    this.levels = new AtrLevels(settings, settings.get(STOP), TARGET);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double fastBefore = fast.value();
    double slowBefore = slow.value();
    double fastNow = fast.add(close);
    double slowNow = slow.add(close);
    double strength = rsi.add(close);
    levels.add(high, low, close);
    if (silent()) {
      return Optional.empty();
    }
    if (fastBefore <= slowBefore && fastNow > slowNow && strength < RSI_MOST) {
      return cross(SignalSide.BUY, close);
    }
    if (fastBefore >= slowBefore && fastNow < slowNow && strength > 100 - RSI_MOST) {
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
            ? "the fast average rose through the slow one"
            : "the fast average fell through the slow one",
        Seen.of("ema_fast", fast.value())
            .and("ema_slow", slow.value())
            .and("rsi", rsi.value())
            .and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    fast.state(copy);
    slow.state(copy);
    rsi.state(copy);
    levels.state(copy);
  }
}
