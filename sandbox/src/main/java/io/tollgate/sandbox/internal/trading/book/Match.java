package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.market.Quotes;
import io.tollgate.sandbox.internal.trading.market.Quotes.Level;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an order meets when it comes.
 *
 * @param takes what it takes at once, best price first
 * @param rest what is left over
 */
record Match(List<Level> takes, BigDecimal rest) {
  /** An order that would need more levels finds nothing beyond them. */
  private static final int MOST_LEVELS = 1_000;

  Match {
    takes = List.copyOf(takes);
  }

  static Match of(Quotes quotes, boolean buys, BigDecimal quantity, Optional<BigDecimal> limit) {
    List<Level> takes = new ArrayList<>();
    BigDecimal rest = quantity;
    for (int number = 0; number < MOST_LEVELS && rest.signum() > 0; number++) {
      Level level = quotes.level(buys, number);
      if (level.quantity().signum() == 0
          || limit.filter(bound -> beyond(level.price(), bound, buys)).isPresent()) {
        break;
      }
      BigDecimal amount = level.quantity().min(rest);
      takes.add(new Level(level.price(), amount));
      rest = rest.subtract(amount);
    }
    return new Match(takes, rest);
  }

  /** So much of an order whatever the market has: a limit order at its limit. */
  static Match inPart(Quotes quotes, OrderRequest request, BigDecimal quantity) {
    Optional<BigDecimal> limit = request.price().filter(given -> request.type().limited());
    if (limit.isEmpty() || quantity.signum() == 0) {
      return of(quotes, request.buys(), quantity, limit);
    }
    return new Match(List.of(new Level(limit.get(), quantity)), BigDecimal.ZERO);
  }

  private static boolean beyond(BigDecimal price, BigDecimal bound, boolean buys) {
    return buys ? price.compareTo(bound) > 0 : price.compareTo(bound) < 0;
  }

  /** How much can be traded for so much of the quote coin. */
  static BigDecimal quantityFor(Quotes quotes, boolean buys, BigDecimal payment) {
    BigDecimal step = quotes.instrument().step();
    BigDecimal quantity = BigDecimal.ZERO;
    BigDecimal left = payment;
    for (int number = 0; number < MOST_LEVELS; number++) {
      Level level = quotes.level(buys, number);
      if (level.quantity().signum() == 0) {
        return quantity;
      }
      BigDecimal affordable =
          left.divide(level.price().multiply(step), 0, RoundingMode.DOWN).multiply(step);
      BigDecimal amount = level.quantity().min(affordable);
      quantity = quantity.add(amount);
      left = left.subtract(amount.multiply(level.price()));
      if (amount.compareTo(level.quantity()) < 0) {
        return quantity;
      }
    }
    return quantity;
  }

  BigDecimal value() {
    BigDecimal value = BigDecimal.ZERO;
    for (Level level : takes) {
      value = value.add(level.price().multiply(level.quantity()));
    }
    return value;
  }
}
