package io.tollgate.rewards.internal;

import java.math.BigDecimal;

/**
 * Shares of amounts, exact for every amount: the product is never formed whole, so that nothing
 * overflows.
 */
public final class Share {
  /** Rates have four decimals. */
  public static final int RATE_SCALE = 4;

  private static final int ONE = 10_000;

  private Share() {}

  /** A rate as a count of ten-thousandths, 0 to 10,000. */
  public static int tenThousandths(BigDecimal rate) {
    int count = rate.movePointRight(RATE_SCALE).intValueExact();
    if (count < 0 || count > ONE) {
      throw new IllegalArgumentException("rate: " + rate + " (expected: 0 to 1)");
    }
    return count;
  }

  /** The rate of a count. */
  public static BigDecimal rate(int tenThousandths) {
    BigDecimal rate = BigDecimal.valueOf(tenThousandths, RATE_SCALE).stripTrailingZeros();
    return rate.scale() < 0 ? rate.setScale(0) : rate;
  }

  /** A share of units that are not below 0, rounded down. */
  public static long floor(long units, int tenThousandths) {
    return units / ONE * tenThousandths + units % ONE * tenThousandths / ONE;
  }

  /** The same, rounded half even. */
  public static long halfEven(long units, int tenThousandths) {
    long floor = floor(units, tenThousandths);
    long rest = units % ONE * tenThousandths % ONE;
    boolean up = rest > ONE / 2 || (rest == ONE / 2 && floor % 2 != 0);
    return up ? floor + 1 : floor;
  }
}
