package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * By how much list prices are multiplied for one caller: by the tenant's number and by the user's.
 * Exact: nothing is rounded before the price of a whole request is.
 *
 * @param tenant 0 to {@link #MAX}, at most {@link #MAX_DECIMALS} decimals
 * @param user the same
 */
public record PriceMultipliers(BigDecimal tenant, BigDecimal user) {
  /** Most that one of them can be. */
  public static final BigDecimal MAX = BigDecimal.TEN;

  public static final int MAX_DECIMALS = 4;

  /** What every price is multiplied by where nobody has set anything. */
  public static final PriceMultipliers NONE = new PriceMultipliers(BigDecimal.ONE, BigDecimal.ONE);

  private static final int SCALE = 2 * MAX_DECIMALS;

  /** By what {@link #scaled} is to be divided. */
  public static final BigInteger UNIT = BigInteger.TEN.pow(SCALE);

  private static final String BETWEEN = "*";

  public PriceMultipliers {
    tenant = require("tenant", tenant);
    user = require("user", user);
  }

  private static BigDecimal require(String whose, BigDecimal number) {
    requireNonNull(number, whose + " is null");
    // its digits are looked at first: an exponent can make the plain text endless
    if (number.signum() < 0 || number.compareTo(MAX) > 0 || number.precision() > 32) {
      throw refused(whose, number);
    }
    BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    if (plain.scale() > MAX_DECIMALS) {
      throw refused(whose, number);
    }
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  private static IllegalArgumentException refused(String whose, BigDecimal number) {
    return new IllegalArgumentException(
        "multiplier of the %s: %s (expected: 0 to %s, at most %d decimals)"
            .formatted(whose, number, MAX, MAX_DECIMALS));
  }

  /** Whether prices stay as they are listed. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** The product of both, as a multiple of 1 / {@link #UNIT}. */
  public BigInteger scaled() {
    return tenant.multiply(user).setScale(SCALE).unscaledValue();
  }

  /**
   * As {@link #toString} writes them.
   *
   * @throws IllegalArgumentException when the text is none
   */
  public static PriceMultipliers parse(String text) {
    String[] both = text.split("\\" + BETWEEN, -1);
    if (both.length != 2 || both[0].length() > 16 || both[1].length() > 16) {
      throw new IllegalArgumentException(
          "multipliers: " + text + " (expected: <tenant's>*<user's>)");
    }
    // what is no number at all is an IllegalArgumentException too
    return new PriceMultipliers(new BigDecimal(both[0]), new BigDecimal(both[1]));
  }

  /** The tenant's and the user's, as in {@code 1.2*0.95}. */
  @Override
  public String toString() {
    return tenant.toPlainString() + BETWEEN + user.toPlainString();
  }
}
