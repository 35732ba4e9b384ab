package io.tollgate.trading.strategies;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a strategy says at the close of a bar. No number in it is NaN or infinite, and no price is 0
 * or less: a level that would be is left out.
 *
 * @param symbol such as {@code BTC/USDT}
 * @param side of the order: an OPEN with BUY makes a long position, a CLOSE with SELL ends one; a
 *     CLOSE without a side ends either; a HEDGE has none
 * @param entryPrice at which it wants to trade: the bar's close, or the price of a limit order
 *     where {@link #pendingLimit()}
 * @param stopLoss price at which it is given up
 * @param takeProfit price at which it has succeeded
 * @param confidence 0 to 100
 * @param reason in words
 * @param indicators what it has seen, by name; see the constants here for those that ask something
 */
public record StrategyOutput(
    String symbol,
    SignalType type,
    Optional<SignalSide> side,
    OptionalDouble entryPrice,
    OptionalDouble stopLoss,
    OptionalDouble takeProfit,
    OptionalDouble confidence,
    String reason,
    Map<String, Double> indicators) {
  /** Share of the amount that an OPEN or ADD takes, above 0 to 1; absent: all of it. */
  public static final String OPEN_FRACTION = "open_fraction";

  /** Share of the position that a CLOSE ends, above 0 to 1; absent: all of it. */
  public static final String CLOSE_FRACTION = "close_fraction";

  /** Levels of the two positions of a HEDGE. */
  public static final String LONG_STOP_LOSS = "long_stop_loss";

  public static final String LONG_TAKE_PROFIT = "long_take_profit";
  public static final String SHORT_STOP_LOSS = "short_stop_loss";
  public static final String SHORT_TAKE_PROFIT = "short_take_profit";

  /** Bars for which a limit order at the entry price waits; present: it is one. */
  public static final String RETEST_BARS = "retest_bars";

  public StrategyOutput {
    requireNonNull(symbol, "symbol is null");
    requireNonNull(type, "type is null");
    requireNonNull(side, "side is null");
    price("entryPrice", entryPrice);
    price("stopLoss", stopLoss);
    price("takeProfit", takeProfit);
    if (confidence.isPresent()
        && !(confidence.getAsDouble() >= 0 && confidence.getAsDouble() <= 100)) {
      throw new IllegalArgumentException("confidence: " + confidence + " (expected: 0 to 100)");
    }
    requireNonNull(reason, "reason is null");
    indicators = NamedNumbers.copyOf(indicators);
  }

  /** Whether it asks for a limit order that waits at the entry price. */
  public boolean pendingLimit() {
    return numbers().has(RETEST_BARS);
  }

  /** A number that it has seen. */
  public OptionalDouble indicator(String name) {
    return numbers().find(name);
  }

  private NamedNumbers numbers() {
    return NamedNumbers.copyOf(indicators);
  }

  private static void price(String name, OptionalDouble given) {
    requireNonNull(given, name + " is null");
    if (given.isPresent()
        && !(given.getAsDouble() > 0 && given.getAsDouble() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": " + given + " (expected: a price above 0)");
    }
  }
}
