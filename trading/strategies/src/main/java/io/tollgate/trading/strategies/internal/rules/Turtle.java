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
import io.tollgate.trading.strategies.internal.indicators.Atr;
import io.tollgate.trading.strategies.internal.indicators.Extreme;
import java.util.List;
import java.util.Optional;

/**
 * Buys above the highest high of a long period, and closes below the lowest low of a shorter one.
 */
public final class Turtle extends BarFold {
  private static final WholeParameter ENTRY =
      new WholeParameter("entry_period", 20, 1, 2_000, "bars whose extreme opens");
  private static final WholeParameter EXIT =
      new WholeParameter("exit_period", 10, 1, 2_000, "bars whose extreme closes");
  private static final WholeParameter ATR =
      new WholeParameter("atr_period", 20, 1, 1_000, "bars of the ATR");
  private static final NumberParameter RISK =
      new NumberParameter(
          "risk_unit", 2, 0.01, 50, "distance of the stop in ATRs; the target is twice as far");

  public static final StrategyKind KIND =
      StrategyKind.of(
              "turtle",
              "Turtle",
              "Buys a high above those of the entry period; closes below the lows of the exit period.",
              List.of(ENTRY, EXIT, ATR, RISK),
              Turtle::new)
          .on(Timeframe.FOUR_HOURS);

  private final Extreme entryHighs;
  private final Extreme entryLows;
  private final Extreme exitHighs;
  private final Extreme exitLows;
  private final Atr atr;
  private final double risk;
  private final Standing bought;
  private final Standing sold;

  private Turtle(StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(
        kind,
        symbol,
        timeframe,
        settings,
        Math.max(settings.get(ENTRY), Math.max(settings.get(EXIT), settings.get(ATR))) + 1);
    this.entryHighs = Extreme.highest(settings.get(ENTRY));
    this.entryLows = Extreme.lowest(settings.get(ENTRY));
    this.exitHighs = Extreme.highest(settings.get(EXIT));
    this.exitLows = Extreme.lowest(settings.get(EXIT));
    this.atr = new Atr(settings.get(ATR));
    this.risk = settings.get(RISK);
    this.bought = new Standing(SignalSide.BUY);
    this.sold = new Standing(SignalSide.SELL);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double entryHigh = entryHighs.value();
    double entryLow = entryLows.value();
    double exitHigh = exitHighs.value();
    double exitLow = exitLows.value();
    entryHighs.add(high);
    entryLows.add(low);
    exitHighs.add(high);
    exitLows.add(low);
    atr.add(high, low, close);
    bought.pass(high, low);
    sold.pass(high, low);
    if (silent()) {
      return Optional.empty();
    }
    if (bought.open() && close < exitLow) {
      bought.closed();
      return close(
          SignalSide.BUY,
          close,
          80,
          "the close is below the exit low",
          Seen.of("donchian_low", exitLow));
    }
    if (sold.open() && close > exitHigh) {
      sold.closed();
      return close(
          SignalSide.SELL,
          close,
          80,
          "the close is above the exit high",
          Seen.of("donchian_high", exitHigh));
    }
    boolean above = high > entryHigh;
    boolean below = low < entryLow;
    if (above == below) {
      return Optional.empty();
    }
    return above
        ? entered(SignalSide.BUY, close, entryHigh, bought)
        : entered(SignalSide.SELL, close, entryLow, sold);
  }

  private Optional<StrategyOutput> entered(
      SignalSide side, double close, double broken, Standing standing) {
    double stop = close - side.sign() * (risk * atr.value());
    double target = close + side.sign() * (2 * risk * atr.value());
    standing.opened(stop, target);
    return open(
        side,
        close,
        stop,
        target,
        80,
        "the bar went beyond the extreme of the entry period",
        Seen.of(side == SignalSide.BUY ? "donchian_high" : "donchian_low", broken)
            .and("atr", atr.value()));
  }

  @Override
  protected void state(StateCopy copy) {
    entryHighs.state(copy);
    entryLows.state(copy);
    exitHighs.state(copy);
    exitLows.state(copy);
    atr.state(copy);
    bought.state(copy);
    sold.state(copy);
  }
}
