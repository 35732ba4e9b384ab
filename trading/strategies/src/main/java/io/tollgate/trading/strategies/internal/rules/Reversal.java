package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Rsi;
import java.util.List;
import java.util.Optional;

/** Buys when the RSI was at an extreme and turns with a bar that goes the same way. */
public final class Reversal extends BarFold {
  private static final int RSI_PERIOD = 14;
  private static final NumberParameter EXTREME =
      new NumberParameter(
          "rsi_extreme", 20, 0, 50, "RSI below which it is extreme; for a sale above 100 less it");
  private static final NumberParameter TARGET = AtrLevels.TARGET.withUsual(4);

  public static final StrategyKind KIND =
      StrategyKind.of(
          "reversal",
          "Reversal",
          "Buys when the RSI was at an extreme and turns up with a rising bar.",
          List.of(EXTREME, AtrLevels.STOP, TARGET, AtrLevels.FLOOR),
          Reversal::new);

  private final Rsi rsi;
  private final double extreme;
  private final AtrLevels levels;

  private Reversal(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, RSI_PERIOD + 2);
    this.rsi = new Rsi(RSI_PERIOD);
    this.extreme = settings.get(EXTREME);
    this.levels = new AtrLevels(settings, AtrLevels.STOP, TARGET);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double before = rsi.value();
    double now = rsi.add(close);
    levels.add(high, low, close);
    if (silent()) {
      return Optional.empty();
    }
    if (before < extreme && now > before && close > open) {
      return turned(SignalSide.BUY, close);
    }
    if (before > 100 - extreme && now < before && close < open) {
      return turned(SignalSide.SELL, close);
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> turned(SignalSide side, double close) {
    return open(
        side,
        close,
        levels.stop(side, close),
        levels.target(side, close),
        75,
        "the RSI turned at an extreme",
        Seen.of("rsi", rsi.value()).and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    rsi.state(copy);
    levels.state(copy);
  }
}
