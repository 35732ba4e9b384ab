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

/** Buys when the close rises through a short average and a short RSI agrees. */
public final class HighFrequency extends BarFold {
  private static final double EVEN = 50;
  private static final NumberParameter TARGET =
      new NumberParameter("profit_target", 0.15, 0.01, 50, "distance of the target, in percent");
  private static final NumberParameter STOP =
      new NumberParameter("stop_loss", 0.1, 0.01, 50, "distance of the stop, in percent");
  private static final WholeParameter RSI = Oscillator.RSI_PERIOD.withUsual(7);
  private static final WholeParameter EMA =
      new WholeParameter("ema_period", 5, 1, 1_000, "bars of the average");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "hft",
          "Fast momentum",
          "Buys when the close rises through a short average and a short RSI agrees.",
          List.of(TARGET, STOP, RSI, EMA),
          HighFrequency::new);

  private final Ema mean;
  private final Rsi rsi;
  private final PercentLevels levels;
  private double closeBefore;

  private HighFrequency(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, Math.max(settings.get(EMA), settings.get(RSI)) + 1);
    this.mean = new Ema(settings.get(EMA));
    this.rsi = new Rsi(settings.get(RSI));
    this.levels = new PercentLevels(settings.get(STOP), settings.get(TARGET));
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double meanBefore = mean.value();
    double before = closeBefore;
    double now = mean.add(close);
    double strength = rsi.add(close);
    closeBefore = close;
    if (silent()) {
      return Optional.empty();
    }
    if (before <= meanBefore && close > now && strength > EVEN) {
      return crossed(SignalSide.BUY, close);
    }
    if (before >= meanBefore && close < now && strength < EVEN) {
      return crossed(SignalSide.SELL, close);
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> crossed(SignalSide side, double close) {
    return open(
        side,
        close,
        levels.stop(side, close),
        levels.target(side, close),
        65,
        "the close went through its average, and the RSI agrees",
        Seen.of("ema", mean.value()).and("rsi", rsi.value()));
  }

  @Override
  protected void state(StateCopy copy) {
    mean.state(copy);
    rsi.state(copy);
    closeBefore = copy.number(closeBefore);
  }
}
