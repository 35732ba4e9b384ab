package io.tollgate.billing.internal.requests;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A free quota at one time.
 *
 * @param limit tokens given
 * @param left tokens left of them
 */
record QuotaState(long limit, long left) {
  private static final int LOW_PERCENT = 80;

  long used() {
    return Math.max(0, Math.subtractExact(limit, left));
  }

  /** Whether so much is used that the user is told. */
  boolean isLow() {
    return limit > 0
        && BigInteger.valueOf(used())
                .multiply(BigInteger.valueOf(100))
                .compareTo(BigInteger.valueOf(limit).multiply(BigInteger.valueOf(LOW_PERCENT)))
            >= 0;
  }

  BigDecimal percent() {
    return limit == 0
        ? BigDecimal.valueOf(100)
        : BigDecimal.valueOf(used())
            .multiply(BigDecimal.valueOf(100))
            .divide(BigDecimal.valueOf(limit), 2, RoundingMode.HALF_EVEN);
  }

  /** Before so many tokens were taken. */
  QuotaState before(long taken) {
    return new QuotaState(limit, Math.addExact(left, taken));
  }
}
