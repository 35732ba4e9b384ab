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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Buys a lot at each line that the close falls through, and sells it one line higher. It buys only.
 */
public final class Grid extends BarFold {
  /** Of the lowest line: where the grid is given up. */
  private static final double GIVEN_UP = 0.95;

  private static final WholeParameter COUNT =
      new WholeParameter("grid_count", 10, 2, 200, "lots, one between each two lines");
  private static final NumberParameter RANGE =
      new NumberParameter(
          "price_range", 5, 0.01, 90, "from the first close to the outermost lines, in percent");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "grid",
          "Grid",
          "Buys a lot at each line that the close falls through, and sells it a line higher.",
          List.of(COUNT, RANGE),
          Grid::new);

  private final int count;
  private final double range;
  private final boolean[] lots;
  private int held;
  private double lower;
  private double upper;
  private double closeBefore;

  private Grid(StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, 1);
    this.count = settings.get(COUNT);
    this.range = settings.get(RANGE);
    this.lots = new boolean[settings.get(COUNT)];
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    if (taken() == 1) {
      lower = close * (1 - range / 100);
      upper = close * (1 + range / 100);
      closeBefore = close;
      return Optional.empty();
    }
    double before = closeBefore;
    closeBefore = close;
    double stop = lower * GIVEN_UP;
    if (held > 0 && close < stop) {
      return sold(close, held, "the close fell out of the grid");
    }
    if (low <= stop || high >= upper) {
      // what stood was closed at its stop or target
      clear();
    }
    return close < before ? fall(before, close, stop) : rise(close);
  }

  private double line(int number) {
    return lower + number * (upper - lower) / count;
  }

  private Optional<StrategyOutput> fall(double before, double close, double stop) {
    int bought = 0;
    for (int lot = 0; lot < count && close >= stop; lot++) {
      double line = line(lot);
      if (!lots[lot] && before > line && close <= line) {
        lots[lot] = true;
        bought++;
      }
    }
    if (bought == 0) {
      return Optional.empty();
    }
    boolean first = held == 0;
    held += bought;
    return say(
        first ? SignalType.OPEN : SignalType.ADD,
        Optional.of(SignalSide.BUY),
        close,
        stop,
        upper,
        75,
        "the close fell through a line of the grid",
        Seen.of(StrategyOutput.OPEN_FRACTION, (double) bought / count).and("lots", held));
  }

  private Optional<StrategyOutput> rise(double close) {
    int due = 0;
    for (int lot = 0; lot < count; lot++) {
      if (lots[lot] && close >= line(lot + 1)) {
        lots[lot] = false;
        due++;
      }
    }
    return due == 0 ? Optional.empty() : sold(close, due, "the close rose to the line above a lot");
  }

  private Optional<StrategyOutput> sold(double close, int due, String reason) {
    double fraction = (double) due / held;
    held -= due;
    if (held == 0) {
      clear();
    }
    return say(
        SignalType.CLOSE,
        Optional.of(SignalSide.SELL),
        close,
        Double.NaN,
        Double.NaN,
        75,
        reason,
        Seen.of(StrategyOutput.CLOSE_FRACTION, fraction).and("lots", held));
  }

  private void clear() {
    Arrays.fill(lots, false);
    held = 0;
  }

  @Override
  protected void state(StateCopy copy) {
    for (int lot = 0; lot < count; lot++) {
      lots[lot] = copy.flag(lots[lot]);
    }
    held = copy.within(held, 0, count);
    lower = copy.number(lower);
    upper = copy.number(upper);
    closeBefore = copy.number(closeBefore);
  }
}
