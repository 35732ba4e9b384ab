package io.tollgate.trading.engine.episode;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A position from the fill that opened it until it is flat again. Immutable: each fill makes the
 * next one. Amounts are in the quote coin.
 *
 * @param direction of it
 * @param quantity of the base coin that is open, 0 or more
 * @param cost of that quantity
 * @param gross what reductions brought over the cost that they took
 * @param fees paid for all fills
 * @param funding received less paid
 */
public record Episode(
    Direction direction,
    BigDecimal quantity,
    BigDecimal cost,
    BigDecimal gross,
    BigDecimal fees,
    BigDecimal funding) {
  private static final int DECIMALS = 8;

  public Episode {
    requireNonNull(direction, "direction is null");
    requireNonNull(cost, "cost is null");
    requireNonNull(gross, "gross is null");
    requireNonNull(fees, "fees is null");
    requireNonNull(funding, "funding is null");
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException("quantity: " + quantity + " (expected: 0 or more)");
    }
  }

  /** Which way prices must go for it. */
  public enum Direction {
    LONG,
    SHORT
  }

  /** One that has nothing yet. */
  public static Episode flat(Direction direction) {
    return new Episode(
        direction,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        BigDecimal.ZERO);
  }

  /** More of it: cost grows by quantity × price. */
  public Episode entered(BigDecimal more, BigDecimal price) {
    requirePositive("quantity", more);
    requirePositive("price", price);
    return new Episode(
        direction, quantity.add(more), cost.add(more.multiply(price)), gross, fees, funding);
  }

  /**
   * Less of it. Takes its share of the cost, half even at eight decimals; what is last takes the
   * rest, so that nothing of it is left or made.
   *
   * @throws IllegalArgumentException when that is more than is open
   */
  public Episode reduced(BigDecimal less, BigDecimal price) {
    requirePositive("quantity", less);
    requirePositive("price", price);
    if (less.compareTo(quantity) > 0) {
      throw new IllegalArgumentException(
          "quantity: " + less + " (expected: at most " + quantity + ", which is open)");
    }
    BigDecimal taken =
        less.compareTo(quantity) == 0
            ? cost
            : cost.multiply(less).divide(quantity, DECIMALS, RoundingMode.HALF_EVEN);
    BigDecimal over = less.multiply(price).subtract(taken);
    return new Episode(
        direction,
        quantity.subtract(less),
        cost.subtract(taken),
        gross.add(direction == Direction.LONG ? over : over.negate()),
        fees,
        funding);
  }

  /**
   * The last of it: what is left after that, less than a step, can not be traded and is no part of
   * it any more, and its cost was spent.
   *
   * @throws IllegalArgumentException when that is more than is open
   */
  public Episode finished(BigDecimal less, BigDecimal price) {
    BigDecimal rest = quantity.subtract(less);
    if (rest.signum() <= 0) {
      return reduced(less, price);
    }
    return chargedInBase(rest).reduced(less, price);
  }

  /** A fee in the quote coin, or turned into it; below 0: given back. */
  public Episode charged(BigDecimal fee) {
    return new Episode(direction, quantity, cost, gross, fees.add(fee), funding);
  }

  /**
   * A fee in the base coin: there is less of it for the same cost.
   *
   * @throws IllegalArgumentException when that is more than is open
   */
  public Episode chargedInBase(BigDecimal fee) {
    return new Episode(direction, quantity.subtract(fee), cost, gross, fees, funding);
  }

  /** Funding that was received, or paid where it is below 0. */
  public Episode funded(BigDecimal amount) {
    return new Episode(direction, quantity, cost, gross, fees, funding.add(amount));
  }

  /** What it brought so far: gross − fees + funding. */
  public BigDecimal realizedPnl() {
    return gross.subtract(fees).add(funding);
  }

  /** Whether nothing of it is open. */
  public boolean isFlat() {
    return quantity.signum() == 0;
  }

  /** Cost of one of what is open, eight decimals half even; empty when it is flat. */
  public Optional<BigDecimal> averageCost() {
    return isFlat()
        ? Optional.empty()
        : Optional.of(cost.divide(quantity, DECIMALS, RoundingMode.HALF_EVEN));
  }

  /** What closing all of it at a price would bring over its cost, fees aside. */
  public BigDecimal unrealizedPnl(BigDecimal price) {
    BigDecimal over = quantity.multiply(price).subtract(cost);
    return direction == Direction.LONG ? over : over.negate();
  }

  private static void requirePositive(String name, BigDecimal given) {
    if (given.signum() <= 0) {
      throw new IllegalArgumentException(name + ": " + given + " (expected: more than 0)");
    }
  }
}
