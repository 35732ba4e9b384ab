package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.ChoiceParameter;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.WholeParameter;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Keltner;
import java.util.List;
import java.util.Optional;

/** Buys above the upper band of a Keltner channel, or at its lower one. */
public final class KeltnerChannel extends BarFold {
  private static final double NEAR = 0.01;
  private static final double TARGET_ATRS = 3;
  private static final double STOP_ATRS = 0.5;
  private static final WholeParameter EMA =
      new WholeParameter("ema_period", 20, 1, 1_000, "bars of the middle");
  private static final WholeParameter ATR =
      new WholeParameter("atr_period", 10, 1, 1_000, "bars of the ATR");
  private static final NumberParameter MULTIPLE =
      new NumberParameter("atr_mult", 2, 0.01, 50, "distance of the bands in ATRs");
  private static final ChoiceParameter MODE =
      new ChoiceParameter(
          "mode",
          "trend",
          List.of("trend", "reversion"),
          "back into the bands, or out of them with the trend");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "keltner",
          "Keltner channel",
          "Buys when the close is above the upper band; or, set to reversion, when it is at the lower one.",
          List.of(EMA, ATR, MULTIPLE, MODE),
          KeltnerChannel::new);

  private final Keltner channel;
  private final boolean reversion;

  private KeltnerChannel(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, Math.max(settings.get(EMA), settings.get(ATR)) + 1);
    this.channel = new Keltner(settings.get(EMA), settings.get(ATR), settings.get(MULTIPLE));
    this.reversion = settings.get(MODE).equals("reversion");
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    channel.add(high, low, close);
    if (silent()) {
      return Optional.empty();
    }
    return reversion ? reversion(close) : trend(close);
  }

  private Optional<StrategyOutput> trend(double close) {
    if (close > channel.upper()) {
      return brokenOut(SignalSide.BUY, close);
    }
    return close < channel.lower() ? brokenOut(SignalSide.SELL, close) : Optional.empty();
  }

  private Optional<StrategyOutput> brokenOut(SignalSide side, double close) {
    return said(
        side,
        close,
        channel.middle(),
        close + side.sign() * (TARGET_ATRS * channel.atr()),
        75,
        "the close is outside of the channel");
  }

  private Optional<StrategyOutput> reversion(double close) {
    if (close <= channel.lower() * (1 + NEAR)) {
      return atEdge(SignalSide.BUY, close, channel.lower() - STOP_ATRS * channel.atr());
    }
    return close >= channel.upper() * (1 - NEAR)
        ? atEdge(SignalSide.SELL, close, channel.upper() + STOP_ATRS * channel.atr())
        : Optional.empty();
  }

  private Optional<StrategyOutput> atEdge(SignalSide side, double close, double stop) {
    return said(side, close, stop, channel.middle(), 70, "the close is at the edge of the channel");
  }

  private Optional<StrategyOutput> said(
      SignalSide side, double close, double stop, double target, double confidence, String reason) {
    return open(
        side,
        close,
        stop,
        target,
        confidence,
        reason,
        Seen.of("keltner_upper", channel.upper())
            .and("keltner_middle", channel.middle())
            .and("keltner_lower", channel.lower())
            .and("atr", channel.atr()));
  }

  @Override
  protected void state(StateCopy copy) {
    channel.state(copy);
  }
}
