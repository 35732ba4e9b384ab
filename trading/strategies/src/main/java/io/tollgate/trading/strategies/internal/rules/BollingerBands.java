package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.ChoiceParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Bollinger;
import java.util.List;
import java.util.Optional;

/**
 * Buys when the close comes back into Bollinger's bands from below, or breaks out of them upwards.
 */
public final class BollingerBands extends BarFold {
  private static final ChoiceParameter MODE =
      new ChoiceParameter(
          "mode",
          "reversion",
          List.of("reversion", "breakout"),
          "back into the bands, or out of them with the trend");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "bollinger",
          "Bollinger's bands",
          "Buys when the close comes back above the lower band; or, set to breakout, when it rises through the upper one.",
          List.of(
              Oscillator.BOLL_PERIOD,
              Oscillator.BOLL_STD,
              MODE,
              AtrLevels.STOP,
              AtrLevels.TARGET,
              AtrLevels.FLOOR),
          BollingerBands::new);

  private final Bollinger bands;
  private final boolean breakout;
  private final AtrLevels levels;
  private double closeBefore = Double.NaN;

  private BollingerBands(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(Oscillator.BOLL_PERIOD) + 1);
    this.bands =
        new Bollinger(settings.get(Oscillator.BOLL_PERIOD), settings.get(Oscillator.BOLL_STD));
    this.breakout = settings.get(MODE).equals("breakout");
    this.levels = new AtrLevels(settings, AtrLevels.STOP, AtrLevels.TARGET);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double upperBefore = bands.upper();
    double lowerBefore = bands.lower();
    double before = closeBefore;
    bands.add(close);
    levels.add(high, low, close);
    closeBefore = close;
    if (silent()) {
      return Optional.empty();
    }
    if (breakout) {
      if (before <= upperBefore && close > bands.upper()) {
        return brokenOut(SignalSide.BUY, close);
      }
      if (before >= lowerBefore && close < bands.lower()) {
        return brokenOut(SignalSide.SELL, close);
      }
      return Optional.empty();
    }
    if (before < lowerBefore && close >= bands.lower()) {
      return cameBack(SignalSide.BUY, close);
    }
    if (before > upperBefore && close <= bands.upper()) {
      return cameBack(SignalSide.SELL, close);
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> brokenOut(SignalSide side, double close) {
    return said(side, close, levels.target(side, close), "the close broke out of the bands");
  }

  private Optional<StrategyOutput> cameBack(SignalSide side, double close) {
    return said(side, close, bands.middle(), "the close came back into the bands");
  }

  private Optional<StrategyOutput> said(
      SignalSide side, double close, double target, String reason) {
    return open(
        side,
        close,
        levels.stop(side, close),
        target,
        70,
        reason,
        Seen.of("boll_upper", bands.upper())
            .and("boll_middle", bands.middle())
            .and("boll_lower", bands.lower())
            .and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    bands.state(copy);
    levels.state(copy);
    closeBefore = copy.number(closeBefore);
  }
}
