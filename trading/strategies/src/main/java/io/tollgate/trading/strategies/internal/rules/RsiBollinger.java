package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.SignalSide;
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

/** Buys when the RSI is low and the close is at Bollinger's lower band. */
public final class RsiBollinger extends BarFold {
  private static final double NEAR = 0.01;
  private static final double BEYOND = 0.02;

  public static final StrategyKind KIND =
      StrategyKind.of(
              "rsi_boll",
              "RSI and bands",
              "Buys when the RSI is cheap and the close is at the lower band.",
              List.of(
                  Oscillator.RSI_PERIOD,
                  Oscillator.RSI_OVERBOUGHT,
                  Oscillator.RSI_OVERSOLD,
                  Oscillator.BOLL_PERIOD,
                  Oscillator.BOLL_STD),
              RsiBollinger::new)
          .checked(
              settings ->
                  Together.less(settings, Oscillator.RSI_OVERSOLD, Oscillator.RSI_OVERBOUGHT));

  private final Rsi rsi;
  private final double overbought;
  private final double oversold;
  private final Bollinger bands;

  private RsiBollinger(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(
        kind,
        symbol,
        timeframe,
        settings,
        Math.max(settings.get(Oscillator.RSI_PERIOD) + 1, settings.get(Oscillator.BOLL_PERIOD)));
    this.rsi = new Rsi(settings.get(Oscillator.RSI_PERIOD));
    this.overbought = settings.get(Oscillator.RSI_OVERBOUGHT);
    this.oversold = settings.get(Oscillator.RSI_OVERSOLD);
    this.bands =
        new Bollinger(settings.get(Oscillator.BOLL_PERIOD), settings.get(Oscillator.BOLL_STD));
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double strength = rsi.add(close);
    bands.add(close);
    if (silent()) {
      return Optional.empty();
    }
    if (strength < oversold && close <= bands.lower() * (1 + NEAR)) {
      return said(SignalSide.BUY, close, bands.lower() * (1 - BEYOND));
    }
    if (strength > overbought && close >= bands.upper() * (1 - NEAR)) {
      return said(SignalSide.SELL, close, bands.upper() * (1 + BEYOND));
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> said(SignalSide side, double close, double stop) {
    return open(
        side,
        close,
        stop,
        bands.middle(),
        60 + Oscillator.extremity(side, rsi.value(), 10, 15, 20),
        side == SignalSide.BUY
            ? "the RSI is low and the close is at the lower band"
            : "the RSI is high and the close is at the upper band",
        Seen.of("rsi", rsi.value())
            .and("boll_upper", bands.upper())
            .and("boll_middle", bands.middle())
            .and("boll_lower", bands.lower()));
  }

  @Override
  protected void state(StateCopy copy) {
    rsi.state(copy);
    bands.state(copy);
  }
}
