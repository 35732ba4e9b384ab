package io.tollgate.billing.internal.prices;

import java.math.BigInteger;

/**
 * A whole number from 0 to 2^127 − 1, for products of amounts and prices, which do not fit a long.
 * Every operation checks that its result fits.
 *
 * @param high the upper 64 bits, not negative
 * @param low the lower 64 bits, unsigned
 */
record WideProduct(long high, long low) {
  static final WideProduct ZERO = new WideProduct(0, 0);

  WideProduct {
    if (high < 0) {
      throw new ArithmeticException("a product leaves 127 bits");
    }
  }

  /** Neither factor may be negative. */
  static WideProduct product(long left, long right) {
    requireNotNegative(left);
    requireNotNegative(right);
    return new WideProduct(Math.multiplyHigh(left, right), left * right);
  }

  WideProduct plus(WideProduct other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new WideProduct(Math.addExact(Math.addExact(high, other.high), carry), sum);
  }

  /** The factor may not be negative. */
  WideProduct times(long factor) {
    requireNotNegative(factor);
    long carried = Math.unsignedMultiplyHigh(low, factor);
    return new WideProduct(Math.addExact(Math.multiplyExact(high, factor), carried), low * factor);
  }

  /** The same number. */
  BigInteger exact() {
    BigInteger lower = BigInteger.valueOf(low >>> 1).shiftLeft(1).or(BigInteger.valueOf(low & 1));
    return BigInteger.valueOf(high).shiftLeft(Long.SIZE).or(lower);
  }

  /** The quotient, rounded to the nearest, a tie to the even one. */
  long dividedHalfEven(long divisor) {
    Division division = divide(divisor);
    long below = division.remainder();
    long above = divisor - below;
    boolean up = below > above || (below == above && (division.quotient() & 1) == 1);
    return up ? Math.incrementExact(division.quotient()) : division.quotient();
  }

  /** The quotient, rounded up. */
  long dividedUp(long divisor) {
    Division division = divide(divisor);
    return division.remainder() > 0
        ? Math.incrementExact(division.quotient())
        : division.quotient();
  }

  // shift and subtract, one bit a step; the remainder stays below the divisor and so below 2^63
  private Division divide(long divisor) {
    if (divisor <= 0) {
      throw new ArithmeticException("divisor: " + divisor + " (expected: >= 1)");
    }
    if (high == 0) {
      return new Division(
          requireFits(Long.divideUnsigned(low, divisor)), Long.remainderUnsigned(low, divisor));
    }
    if (high >= divisor) {
      throw new ArithmeticException("a quotient leaves 63 bits");
    }
    long remainder = high;
    long quotient = 0;
    for (int bit = Long.SIZE - 1; bit >= 0; bit--) {
      remainder = (remainder << 1) | ((low >>> bit) & 1);
      quotient <<= 1;
      if (Long.compareUnsigned(remainder, divisor) >= 0) {
        remainder -= divisor;
        quotient |= 1;
      }
    }
    return new Division(requireFits(quotient), remainder);
  }

  private static long requireFits(long quotient) {
    if (quotient < 0) {
      throw new ArithmeticException("a quotient leaves 63 bits");
    }
    return quotient;
  }

  private static void requireNotNegative(long factor) {
    if (factor < 0) {
      throw new ArithmeticException("factor: " + factor + " (expected: >= 0)");
    }
  }

  private record Division(long quotient, long remainder) {}
}
