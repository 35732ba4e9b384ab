package io.tollgate.billing.internal.charges;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * How a user's free quota of a service stands.
 *
 * @param limit what was given
 * @param left of it, 0 or more
 */
record QuotaStanding(String service, long limit, long left) {
  private static final int LOW_PERCENT = 80;

  long used() {
    return limit - left;
  }

  /** Whether four fifths are used. */
  boolean isLow() {
    return limit > 0
        && BigInteger.valueOf(used())
                .multiply(BigInteger.valueOf(100))
                .compareTo(BigInteger.valueOf(limit).multiply(BigInteger.valueOf(LOW_PERCENT)))
            >= 0;
  }

  BigDecimal percentUsed() {
    return limit == 0
        ? BigDecimal.valueOf(100)
        : BigDecimal.valueOf(used())
            .multiply(BigDecimal.valueOf(100))
            .divide(BigDecimal.valueOf(limit), 2, RoundingMode.HALF_EVEN);
  }

  /** What {@code quota.updated} tells. */
  EventFields fields() {
    return EventFields.of()
        .with("service_name", service)
        .with("quota_limit", limit)
        .with("quota_used", used())
        .with("quota_remaining", left)
        .with("percent_used", percentUsed());
  }
}
