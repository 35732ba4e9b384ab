package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
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

/** Buys when the RSI comes back from below its lower bound, or falls below 20. */
public final class RsiReturn extends BarFold {
  /** Below it a fall is an end in itself; for a sale above 100 less it. */
  private static final double EXTREME = 20;

  private static final String BACK = "the RSI came back from beyond its bound";
  private static final String FAR = "the RSI went to an extreme";

  public static final StrategyKind KIND =
      StrategyKind.of(
              "rsi",
              "RSI",
              "Buys when the RSI comes back from being cheap, or falls to an extreme.",
              List.of(
                  Oscillator.RSI_PERIOD,
                  Oscillator.RSI_OVERBOUGHT,
                  Oscillator.RSI_OVERSOLD,
                  AtrLevels.STOP,
                  AtrLevels.TARGET,
                  AtrLevels.FLOOR),
              RsiReturn::new)
          .checked(
              settings ->
                  Together.less(settings, Oscillator.RSI_OVERSOLD, Oscillator.RSI_OVERBOUGHT));

  private final Rsi rsi;
  private final double overbought;
  private final double oversold;
  private final AtrLevels levels;

  private RsiReturn(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(Oscillator.RSI_PERIOD) + 2);
    this.rsi = new Rsi(settings.get(Oscillator.RSI_PERIOD));
    this.overbought = settings.get(Oscillator.RSI_OVERBOUGHT);
    this.oversold = settings.get(Oscillator.RSI_OVERSOLD);
    this.levels = new AtrLevels(settings, AtrLevels.STOP, AtrLevels.TARGET);
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
    if (before < oversold && now >= oversold) {
      return said(
          SignalSide.BUY,
          close,
          70 + Oscillator.extremity(SignalSide.BUY, before, 0, 10, 15),
          BACK);
    }
    if (before > overbought && now <= overbought) {
      return said(
          SignalSide.SELL,
          close,
          70 + Oscillator.extremity(SignalSide.SELL, before, 0, 10, 15),
          BACK);
    }
    if (before >= EXTREME && now < EXTREME) {
      return said(SignalSide.BUY, close, 80, FAR);
    }
    if (before <= 100 - EXTREME && now > 100 - EXTREME) {
      return said(SignalSide.SELL, close, 80, FAR);
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> said(
      SignalSide side, double close, double confidence, String reason) {
    return open(
        side,
        close,
        levels.stop(side, close),
        levels.target(side, close),
        confidence,
        reason,
        Seen.of("rsi", rsi.value()).and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    rsi.state(copy);
    levels.state(copy);
  }
}
