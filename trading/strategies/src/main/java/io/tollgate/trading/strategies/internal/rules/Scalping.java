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

/** Buys a rising bar while the RSI is low, for a small fixed gain. */
public final class Scalping extends BarFold {
  private static final NumberParameter TARGET =
      new NumberParameter("scalp_target", 0.3, 0.01, 50, "distance of the target, in percent");
  private static final NumberParameter STOP =
      new NumberParameter("stop_loss", 0.2, 0.01, 50, "distance of the stop, in percent");

  public static final StrategyKind KIND =
      StrategyKind.of(
              "scalping",
              "Scalping",
              "Buys a rising bar while the RSI is cheap, for a small fixed gain.",
              List.of(
                  Oscillator.RSI_PERIOD,
                  Oscillator.RSI_OVERBOUGHT,
                  Oscillator.RSI_OVERSOLD,
                  TARGET,
                  STOP),
              Scalping::new)
          .checked(
              settings ->
                  Together.less(settings, Oscillator.RSI_OVERSOLD, Oscillator.RSI_OVERBOUGHT));

  private final Rsi rsi;
  private final double overbought;
  private final double oversold;
  private final PercentLevels levels;

  private Scalping(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(Oscillator.RSI_PERIOD) + 1);
    this.rsi = new Rsi(settings.get(Oscillator.RSI_PERIOD));
    this.overbought = settings.get(Oscillator.RSI_OVERBOUGHT);
    this.oversold = settings.get(Oscillator.RSI_OVERSOLD);
    this.levels = new PercentLevels(settings.get(STOP), settings.get(TARGET));
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double strength = rsi.add(close);
    if (silent()) {
      return Optional.empty();
    }
    if (strength < oversold && close > open) {
      return said(SignalSide.BUY, close);
    }
    if (strength > overbought && close < open) {
      return said(SignalSide.SELL, close);
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> said(SignalSide side, double close) {
    return open(
        side,
        close,
        levels.stop(side, close),
        levels.target(side, close),
        65,
        "the bar turned while the RSI is far out",
        Seen.of("rsi", rsi.value()));
  }

  @Override
  protected void state(StateCopy copy) {
    rsi.state(copy);
  }
}
