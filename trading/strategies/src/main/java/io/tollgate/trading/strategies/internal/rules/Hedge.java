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
import io.tollgate.trading.strategies.internal.indicators.Sma;
import java.util.List;
import java.util.Optional;

/**
 * Opens both ways when the close crosses the middle of the bands and the RSI shows no direction.
 */
public final class Hedge extends BarFold {
  private static final int RSI_PERIOD = 14;

  /** Around the threshold, within which the RSI shows no direction. */
  private static final double UNDECIDED = 10;

  private static final NumberParameter STOP =
      new NumberParameter("stop_loss_pct", 5, 0.01, 90, "distance of both stops, in percent");
  private static final NumberParameter THRESHOLD =
      new NumberParameter("rsi_threshold", 50, 0, 100, "RSI that shows no direction");

  public static final StrategyKind KIND =
      kind(
          "hedge",
          "Hedge",
          "Opens both ways when the close crosses the middle of the bands and the RSI shows no direction.",
          false);
  public static final StrategyKind CONSERVATIVE =
      kind(
          "hedge_conservative",
          "Conservative hedge",
          "Opens both ways as hedge does, while the bands are narrow, with targets at the bands.",
          true);

  private static StrategyKind kind(String code, String name, String description, boolean careful) {
    return StrategyKind.of(
        code,
        name,
        description,
        List.of(STOP, THRESHOLD, Oscillator.BOLL_PERIOD, Oscillator.BOLL_STD),
        (kind, symbol, timeframe, settings) ->
            new Hedge(kind, symbol, timeframe, settings, careful));
  }

  private final boolean careful;
  private final PercentLevels levels;
  private final double threshold;
  private final Bollinger bands;
  private final Rsi rsi;
  private final Sma widths;
  private double closeBefore;

  private Hedge(
      StrategyKind kind,
      String symbol,
      Timeframe timeframe,
      StrategySettings settings,
      boolean careful) {
    super(kind, symbol, timeframe, settings, bars(settings.get(Oscillator.BOLL_PERIOD), careful));
    this.careful = careful;
    this.levels = new PercentLevels(settings.get(STOP), settings.get(STOP));
    this.threshold = settings.get(THRESHOLD);
    int period = settings.get(Oscillator.BOLL_PERIOD);
    this.bands = new Bollinger(period, settings.get(Oscillator.BOLL_STD));
    this.rsi = new Rsi(RSI_PERIOD);
    this.widths = new Sma(period);
  }

  private static int bars(int period, boolean careful) {
    return Math.max(careful ? 2 * period : period, RSI_PERIOD + 1) + 1;
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double middleBefore = bands.middle();
    double before = closeBefore;
    bands.add(close);
    double strength = rsi.add(close);
    closeBefore = close;
    if (!Double.isNaN(bands.middle())) {
      widths.add(bands.width());
    }
    if (silent() || Math.abs(strength - threshold) > UNDECIDED) {
      return Optional.empty();
    }
    boolean crossed =
        before <= middleBefore && close > bands.middle()
            || before >= middleBefore && close < bands.middle();
    boolean within = close > bands.lower() && close < bands.upper();
    boolean quiet = !careful || bands.width() < widths.value();
    return crossed && within && quiet ? bothWays(close) : Optional.empty();
  }

  private Optional<StrategyOutput> bothWays(double close) {
    double further = careful ? 0 : bands.upper() - bands.middle();
    return say(
        SignalType.HEDGE,
        Optional.empty(),
        close,
        Double.NaN,
        Double.NaN,
        careful ? 65 : 60,
        "the close crossed the middle of the bands without a direction",
        Seen.nothing()
            .level(StrategyOutput.LONG_STOP_LOSS, levels.stop(SignalSide.BUY, close))
            .level(StrategyOutput.LONG_TAKE_PROFIT, bands.upper() + further)
            .level(StrategyOutput.SHORT_STOP_LOSS, levels.stop(SignalSide.SELL, close))
            .level(StrategyOutput.SHORT_TAKE_PROFIT, bands.lower() - further)
            .and("rsi", rsi.value())
            .and("boll_width", bands.width()));
  }

  @Override
  protected void state(StateCopy copy) {
    bands.state(copy);
    rsi.state(copy);
    widths.state(copy);
    closeBefore = copy.number(closeBefore);
  }
}
