package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.ChoiceParameter;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalType;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategyParameter;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.WholeListParameter;
import io.tollgate.trading.strategies.WholeParameter;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Adx;
import io.tollgate.trading.strategies.internal.indicators.Bollinger;
import io.tollgate.trading.strategies.internal.indicators.Sma;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows a trend where there is one, and opens both ways where the market ranges. A trend is there
 * while the ADX is high and averages of three lengths are in order; the market ranges while the ADX
 * is low or the bands are narrow.
 */
public final class MarketRegime extends BarFold {
  private static final double STOP_ATRS = 2;
  private static final double TARGET_ATRS = 4;
  private static final String OF_MARGIN = "margin_pct";

  private static final WholeParameter ADX =
      new WholeParameter("adx_period", 14, 1, 500, "bars of the ADX");
  private static final NumberParameter TREND =
      new NumberParameter("adx_trend_threshold", 25, 0, 100, "ADX from which there is a trend");
  private static final NumberParameter RANGE =
      new NumberParameter("adx_range_threshold", 15, 0, 100, "ADX up to which the market ranges");
  private static final WholeParameter BANDS =
      new WholeParameter("bb_period", 20, 2, 1_000, "bars of Bollinger's bands");
  private static final NumberParameter DEVIATIONS =
      new NumberParameter("bb_std", 2, 0.01, 20, "deviations from the middle to Bollinger's bands");
  private static final NumberParameter SQUEEZE =
      new NumberParameter(
          "bb_squeeze_threshold",
          0.02,
          0,
          10,
          "distance of the bands, as a share of the middle, below which the market ranges");
  private static final WholeListParameter AVERAGES =
      new WholeListParameter(
          "ma_periods", List.of(10, 20, 50), 1, 1_000, 3, 3, "bars of the averages");
  private static final ChoiceParameter MODE =
      new ChoiceParameter(
          "sl_tp_mode",
          OF_MARGIN,
          List.of(OF_MARGIN, "atr"),
          "levels by a share of the margin, or 2 and 4 times A");
  private static final NumberParameter LEVERAGE =
      new NumberParameter(
          "leverage", 20, 1, 125, "by which a share of the margin becomes one of the price");
  private static final NumberParameter TARGET =
      new NumberParameter(
          "tp_pct", 1.2, 0.001, 100, "gain at the target, as a share of the margin");
  private static final NumberParameter STOP =
      new NumberParameter("sl_pct", 0.3, 0.001, 100, "loss at the stop, as a share of the margin");
  private static final WholeParameter COOLDOWN =
      new WholeParameter(
          "cooldown_bars", 12, 0, 10_000, "bars after an output in which there is none");

  public static final StrategyKind KIND =
      kind("market_regime", "Market regime", List.of(TREND, RANGE, TARGET, STOP, COOLDOWN));
  public static final StrategyKind BALANCED =
      kind(
          "market_regime_balanced",
          "Market regime, balanced",
          List.of(TREND.withUsual(22), RANGE.withUsual(17), TARGET, STOP, COOLDOWN.withUsual(8)));
  public static final StrategyKind AGGRESSIVE =
      kind(
          "market_regime_aggressive",
          "Market regime, aggressive",
          List.of(
              TREND.withUsual(20),
              RANGE.withUsual(18),
              TARGET.withUsual(1.6),
              STOP.withUsual(0.4),
              COOLDOWN.withUsual(4)));

  private static StrategyKind kind(String code, String name, List<StrategyParameter> varying) {
    List<StrategyParameter> parameters = new ArrayList<>(varying);
    parameters.addAll(
        List.of(ADX, BANDS, DEVIATIONS, SQUEEZE, AVERAGES, MODE, LEVERAGE, AtrLevels.FLOOR));
    return StrategyKind.of(
            code,
            name,
            "Follows a trend where there is one, and opens both ways where the market ranges.",
            parameters,
            MarketRegime::new)
        .checked(settings -> Together.less(settings, RANGE, TREND));
  }

  private final double trendFrom;
  private final double rangeTo;
  private final double squeeze;
  private final int cooldown;
  private final Adx adx;
  private final Bollinger bands;
  private final Sma fast;
  private final Sma middle;
  private final Sma slow;
  private final AtrLevels atrs;
  private final boolean ofMargin;
  private final double stopShare;
  private final double targetShare;
  private long lastSaid;

  private MarketRegime(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, bars(settings));
    this.trendFrom = settings.get(TREND);
    this.rangeTo = settings.get(RANGE);
    this.squeeze = settings.get(SQUEEZE) * 100;
    this.cooldown = settings.get(COOLDOWN);
    this.adx = new Adx(settings.get(ADX));
    this.bands = new Bollinger(settings.get(BANDS), settings.get(DEVIATIONS));
    List<Integer> averages = settings.get(AVERAGES);
    this.fast = new Sma(averages.get(0));
    this.middle = new Sma(averages.get(1));
    this.slow = new Sma(averages.get(2));
    this.atrs = new AtrLevels(settings, STOP_ATRS, TARGET_ATRS);
    this.ofMargin = settings.get(MODE).equals(OF_MARGIN);
    this.stopShare = settings.get(STOP) / settings.get(LEVERAGE);
    this.targetShare = settings.get(TARGET) / settings.get(LEVERAGE);
  }

  private static int bars(StrategySettings settings) {
    int ranges = Math.max(2 * settings.get(ADX), settings.get(BANDS));
    return Math.max(ranges, settings.get(AVERAGES).getLast()) + 1;
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double strength = adx.add(high, low, close);
    bands.add(close);
    fast.add(close);
    middle.add(close);
    slow.add(close);
    atrs.add(high, low, close);
    if (silent() || lastSaid > 0 && taken() - lastSaid <= cooldown) {
      return Optional.empty();
    }
    if (strength >= trendFrom) {
      if (fast.value() > middle.value() && middle.value() > slow.value()) {
        return trend(SignalSide.BUY, close);
      }
      if (fast.value() < middle.value() && middle.value() < slow.value()) {
        return trend(SignalSide.SELL, close);
      }
    }
    return strength <= rangeTo || bands.width() < squeeze ? range(close) : Optional.empty();
  }

  private Optional<StrategyOutput> trend(SignalSide side, double close) {
    lastSaid = taken();
    return open(
        side,
        close,
        stop(side, close),
        target(side, close),
        Math.min(90, 60 + adx.value()),
        side == SignalSide.BUY ? "the trend is up" : "the trend is down",
        seen());
  }

  private Optional<StrategyOutput> range(double close) {
    lastSaid = taken();
    return say(
        SignalType.HEDGE,
        Optional.empty(),
        close,
        Double.NaN,
        Double.NaN,
        60,
        "the market ranges",
        seen()
            .level(StrategyOutput.LONG_STOP_LOSS, stop(SignalSide.BUY, close))
            .level(StrategyOutput.LONG_TAKE_PROFIT, target(SignalSide.BUY, close))
            .level(StrategyOutput.SHORT_STOP_LOSS, stop(SignalSide.SELL, close))
            .level(StrategyOutput.SHORT_TAKE_PROFIT, target(SignalSide.SELL, close)));
  }

  private double stop(SignalSide side, double close) {
    return ofMargin ? close * (1 - side.sign() * stopShare) : atrs.stop(side, close);
  }

  private double target(SignalSide side, double close) {
    return ofMargin ? close * (1 + side.sign() * targetShare) : atrs.target(side, close);
  }

  private Seen seen() {
    return Seen.of("adx", adx.value())
        .and("plus_di", adx.plus())
        .and("minus_di", adx.minus())
        .and("boll_width", bands.width())
        .and("ma_fast", fast.value())
        .and("ma_middle", middle.value())
        .and("ma_slow", slow.value());
  }

  @Override
  protected void state(StateCopy copy) {
    adx.state(copy);
    bands.state(copy);
    fast.state(copy);
    middle.state(copy);
    slow.state(copy);
    atrs.state(copy);
    lastSaid = copy.whole(lastSaid);
  }
}
