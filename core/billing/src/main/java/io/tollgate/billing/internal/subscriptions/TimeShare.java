package io.tollgate.billing.internal.subscriptions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/** The part of a span that is left at a time. */
record TimeShare(BigDecimal left, BigDecimal whole) {
  static TimeShare of(Instant from, Instant to, Instant now) {
    Duration whole = Duration.between(from, to);
    if (!whole.isPositive()) {
      throw new IllegalArgumentException("span: " + whole + " (expected: more than nothing)");
    }
    Duration left = Duration.between(now, to);
    Duration within = left.isNegative() ? Duration.ZERO : left.compareTo(whole) > 0 ? whole : left;
    return new TimeShare(seconds(within), seconds(whole));
  }

  /** That part of an amount, rounded once, half even. */
  long ofMoney(long units) {
    return part(units, RoundingMode.HALF_EVEN);
  }

  /** That part of a quota; less than a token is nothing. */
  long ofTokens(long tokens) {
    return part(tokens, RoundingMode.DOWN);
  }

  private long part(long units, RoundingMode rounding) {
    return BigDecimal.valueOf(units).multiply(left).divide(whole, 0, rounding).longValueExact();
  }

  private static BigDecimal seconds(Duration span) {
    return BigDecimal.valueOf(span.getSeconds()).add(BigDecimal.valueOf(span.getNano(), 9));
  }
}
