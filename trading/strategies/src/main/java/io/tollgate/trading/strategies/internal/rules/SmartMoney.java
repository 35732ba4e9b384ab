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
import io.tollgate.trading.strategies.internal.indicators.Extreme;
import io.tollgate.trading.strategies.internal.indicators.Past;
import java.util.List;
import java.util.Optional;

/** Buys when the price returns into an order block after the lows before have been swept. */
public final class SmartMoney extends BarFold {
  private static final WholeParameter LOOKBACK =
      new WholeParameter(
          "lookback",
          50,
          3,
          500,
          "bars in which an order block is looked for, and for which it lasts");
  private static final NumberParameter BODY =
      new NumberParameter(
          "ob_min_body_ratio",
          0.5,
          0,
          1,
          "least body of the bar that makes an order block, as a share of its range");
  private static final NumberParameter GAP =
      new NumberParameter(
          "fvg_min_gap", 0.001, 0, 1, "least gap in value, as a share of the close");
  private static final WholeParameter LIQUIDITY =
      new WholeParameter(
          "liquidity_lookback",
          20,
          1,
          500,
          "bars whose extreme is swept, and for which a sweep counts");
  private static final NumberParameter STOP = AtrLevels.STOP.withUsual(1.5);

  public static final StrategyKind KIND =
      StrategyKind.of(
          "smc",
          "Smart money",
          "Buys a return into an order block after lows have been swept.",
          List.of(LOOKBACK, BODY, GAP, LIQUIDITY, STOP, AtrLevels.TARGET, AtrLevels.FLOOR),
          SmartMoney::new);

  private final int lookback;
  private final int liquidity;
  private final Past opens;
  private final Past highs;
  private final Past lows;
  private final Past closes;
  private final Extreme highest;
  private final Extreme lowest;
  private final OrderBlocks demand;
  private final OrderBlocks supply;
  private final AtrLevels levels;
  private int lowsSwept;
  private int highsSwept;

  private SmartMoney(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(
        kind,
        symbol,
        timeframe,
        settings,
        Math.max(settings.get(LOOKBACK), settings.get(LIQUIDITY)) + 3);
    this.lookback = settings.get(LOOKBACK);
    this.liquidity = settings.get(LIQUIDITY);
    this.opens = new Past(lookback + 2);
    this.highs = new Past(lookback + 2);
    this.lows = new Past(lookback + 2);
    this.closes = new Past(lookback + 2);
    this.highest = Extreme.highest(liquidity);
    this.lowest = Extreme.lowest(liquidity);
    this.demand = new OrderBlocks(SignalSide.BUY, lookback, settings.get(BODY), settings.get(GAP));
    this.supply = new OrderBlocks(SignalSide.SELL, lookback, settings.get(BODY), settings.get(GAP));
    this.levels = new AtrLevels(settings, STOP, AtrLevels.TARGET);
    this.lowsSwept = liquidity + 1;
    this.highsSwept = liquidity + 1;
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double top = highest.value();
    double bottom = lowest.value();
    add(open, high, low, close);
    lowsSwept = low < bottom && close > bottom ? 0 : Math.min(lowsSwept, liquidity) + 1;
    highsSwept = high > top && close < top ? 0 : Math.min(highsSwept, liquidity) + 1;
    demand.pass(close);
    supply.pass(close);
    boolean buys = !silent() && lowsSwept <= liquidity && close > open && demand.reached(low);
    boolean sells = !silent() && highsSwept <= liquidity && close < open && supply.reached(high);
    if (buys) {
      demand.use();
    }
    if (sells) {
      supply.use();
    }
    demand.look(opens, highs, lows, closes);
    supply.look(opens, highs, lows, closes);
    if (buys) {
      return returned(SignalSide.BUY, close);
    }
    return sells ? returned(SignalSide.SELL, close) : Optional.empty();
  }

  private void add(double open, double high, double low, double close) {
    opens.add(open);
    highs.add(high);
    lows.add(low);
    closes.add(close);
    highest.add(high);
    lowest.add(low);
    levels.add(high, low, close);
  }

  private Optional<StrategyOutput> returned(SignalSide side, double close) {
    return open(
        side,
        close,
        levels.stop(side, close),
        levels.target(side, close),
        75,
        "the price returned into an order block after a sweep",
        Seen.of("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    opens.state(copy);
    highs.state(copy);
    lows.state(copy);
    closes.state(copy);
    highest.state(copy);
    lowest.state(copy);
    demand.state(copy);
    supply.state(copy);
    levels.state(copy);
    lowsSwept = copy.within(lowsSwept, 0, liquidity + 1);
    highsSwept = copy.within(highsSwept, 0, liquidity + 1);
  }
}
