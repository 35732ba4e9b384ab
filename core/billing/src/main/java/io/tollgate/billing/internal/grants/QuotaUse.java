package io.tollgate.billing.internal.grants;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * How much of a free quota is used.
 *
 * @param limit what was given
 * @param left of it, 0 or more
 */
public record QuotaUse(long limit, long left) {
  private static final int LOW_PERCENT = 80;

  public long used() {
    return Math.max(0, Math.subtractExact(limit, left));
  }

  /** Whether four fifths are used, of which users are told. */
  public boolean isLow() {
    return limit > 0
        && BigInteger.valueOf(used())
                .multiply(BigInteger.valueOf(100))
                .compareTo(BigInteger.valueOf(limit).multiply(BigInteger.valueOf(LOW_PERCENT)))
            >= 0;
  }

  /** With two decimals; 100 where nothing was given. */
  public BigDecimal percentUsed() {
    return limit == 0
        ? BigDecimal.valueOf(100)
        : BigDecimal.valueOf(used())
            .multiply(BigDecimal.valueOf(100))
            .divide(BigDecimal.valueOf(limit), 2, RoundingMode.HALF_EVEN);
  }

  /** Before so much was taken. */
  public QuotaUse before(long taken) {
    return new QuotaUse(limit, Math.addExact(left, taken));
  }
}
