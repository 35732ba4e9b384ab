package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalType;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Bollinger;
import io.tollgate.trading.strategies.internal.indicators.Rsi;
import java.util.List;
import java.util.Optional;

/**
 * Opens both ways at an extreme: for the way back, and, with a near stop, for the rest of the way.
 */
public final class ReversalHedge extends BarFold {
  private static final NumberParameter DEVIATIONS = Oscillator.BOLL_STD.withUsual(2.5);
  private static final NumberParameter EXTREME =
      new NumberParameter(
          "rsi_extreme_low",
          20,
          0,
          50,
          "RSI below which it is extreme; at the top above 100 less it");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "reversal_hedge",
          "Reversal hedge",
          "Opens both ways when the RSI falls to an extreme outside of the bands: for the way back, and for the rest of the way.",
          List.of(
              EXTREME, Oscillator.RSI_PERIOD, Oscillator.BOLL_PERIOD, DEVIATIONS, AtrLevels.FLOOR),
          ReversalHedge::new);

  private final Rsi rsi;
  private final double extreme;
  private final Bollinger bands;
  private final AtrLevels wide;

  private ReversalHedge(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(
        kind,
        symbol,
        timeframe,
        settings,
        Math.max(settings.get(Oscillator.BOLL_PERIOD), settings.get(Oscillator.RSI_PERIOD) + 1)
            + 1);
    this.rsi = new Rsi(settings.get(Oscillator.RSI_PERIOD));
    this.extreme = settings.get(EXTREME);
    this.bands = new Bollinger(settings.get(Oscillator.BOLL_PERIOD), settings.get(DEVIATIONS));
    this.wide = new AtrLevels(settings, 2, 2);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double before = rsi.value();
    double now = rsi.add(close);
    bands.add(close);
    wide.add(high, low, close);
    if (silent()) {
      return Optional.empty();
    }
    if (before >= extreme && now < extreme && close < bands.lower()) {
      return bothWays(
          close,
          wide.stop(SignalSide.BUY, close),
          bands.middle(),
          close + wide.distance(close),
          wide.target(SignalSide.SELL, close));
    }
    if (before <= 100 - extreme && now > 100 - extreme && close > bands.upper()) {
      return bothWays(
          close,
          close - wide.distance(close),
          wide.target(SignalSide.BUY, close),
          wide.stop(SignalSide.SELL, close),
          bands.middle());
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> bothWays(
      double close, double longStop, double longTarget, double shortStop, double shortTarget) {
    return say(
        SignalType.HEDGE,
        Optional.empty(),
        close,
        Double.NaN,
        Double.NaN,
        70,
        "the RSI went to an extreme outside of the bands",
        Seen.nothing()
            .level(StrategyOutput.LONG_STOP_LOSS, longStop)
            .level(StrategyOutput.LONG_TAKE_PROFIT, longTarget)
            .level(StrategyOutput.SHORT_STOP_LOSS, shortStop)
            .level(StrategyOutput.SHORT_TAKE_PROFIT, shortTarget)
            .and("rsi", rsi.value())
            .and("atr", wide.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    rsi.state(copy);
    bands.state(copy);
    wide.state(copy);
  }
}
