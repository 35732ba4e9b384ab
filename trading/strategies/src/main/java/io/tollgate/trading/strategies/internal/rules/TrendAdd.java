package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalType;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.WholeParameter;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Ema;
import java.util.List;
import java.util.Optional;

/** Buys after the close has risen through its average, and adds when it comes back near it. */
public final class TrendAdd extends BarFold {
  private static final double ADDED = 0.5;
  private static final WholeParameter PERIOD =
      new WholeParameter("ema_period", 20, 1, 2_000, "bars of the average");
  private static final NumberParameter PULLBACK =
      new NumberParameter(
          "pullback_pct",
          1,
          0,
          50,
          "distance from the average within which it is added, in percent");
  private static final WholeParameter ADDITIONS =
      new WholeParameter("max_additions", 3, 0, 20, "additions to one position");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "trend_add",
          "Trend with additions",
          "Buys after the close has risen through its average, and adds when it comes back near it.",
          List.of(PERIOD, PULLBACK, ADDITIONS, AtrLevels.FLOOR),
          TrendAdd::new);

  private final Ema mean;
  private final double near;
  private final int most;
  private final AtrLevels levels;
  private final Standing bought;
  private final Standing sold;
  private double closeBefore;
  private int crossed;
  private boolean away;
  private int additions;

  private TrendAdd(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(PERIOD) + 1);
    this.mean = new Ema(settings.get(PERIOD));
    this.near = settings.get(PULLBACK) / 100;
    this.most = settings.get(ADDITIONS);
    this.levels = new AtrLevels(settings, 2, 4);
    this.bought = new Standing(SignalSide.BUY);
    this.sold = new Standing(SignalSide.SELL);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double meanBefore = mean.value();
    double before = closeBefore;
    double now = mean.add(close);
    levels.add(high, low, close);
    closeBefore = close;
    bought.pass(high, low);
    sold.pass(high, low);
    if (before <= meanBefore && close > now) {
      crossed = 1;
    } else if (before >= meanBefore && close < now) {
      crossed = -1;
    }
    if (silent()) {
      return Optional.empty();
    }
    if (bought.open()) {
      return followed(SignalSide.BUY, bought, open, low, close);
    }
    if (sold.open()) {
      return followed(SignalSide.SELL, sold, open, high, close);
    }
    if (crossed > 0 && close > now && now > meanBefore) {
      return begun(SignalSide.BUY, bought, close);
    }
    if (crossed < 0 && close < now && now < meanBefore) {
      return begun(SignalSide.SELL, sold, close);
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> begun(SignalSide side, Standing standing, double close) {
    crossed = 0;
    away = false;
    additions = 0;
    standing.opened(levels.stop(side, close), levels.target(side, close));
    return said(
        SignalType.OPEN, side, close, 70, "the close went through its average", Seen.nothing());
  }

  /** {@code extreme} is the price of the bar that came nearest to the average. */
  private Optional<StrategyOutput> followed(
      SignalSide side, Standing standing, double open, double extreme, double close) {
    int sign = side.sign();
    if (sign * (close - mean.value()) < 0) {
      standing.closed();
      return close(
          side, close, 70, "the close went back through its average", Seen.of("ema", mean.value()));
    }
    if (sign * (extreme - mean.value() * (1 + sign * near)) > 0) {
      away = true;
      return Optional.empty();
    }
    boolean turned = sign * (close - open) > 0 && close != mean.value();
    if (!away || !turned || additions == most) {
      return Optional.empty();
    }
    away = false;
    additions++;
    return said(
        SignalType.ADD,
        side,
        close,
        65,
        "the price came back to its average and turned",
        Seen.of(StrategyOutput.OPEN_FRACTION, ADDED));
  }

  private Optional<StrategyOutput> said(
      SignalType type, SignalSide side, double close, double confidence, String reason, Seen seen) {
    return say(
        type,
        Optional.of(side),
        close,
        levels.stop(side, close),
        levels.target(side, close),
        confidence,
        reason,
        seen.and("ema", mean.value()).and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    mean.state(copy);
    levels.state(copy);
    bought.state(copy);
    sold.state(copy);
    closeBefore = copy.number(closeBefore);
    crossed = copy.within(crossed, -1, 1);
    away = copy.flag(away);
    additions = copy.within(additions, 0, most);
  }
}
