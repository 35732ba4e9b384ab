package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a provider account has cost, of all time or of one day.
 *
 * @param account its id
 * @param day UTC; empty for all time
 * @param requests that it served, those that cost nothing included
 * @param nanos sum of what they cost, nano USD; exact
 * @param version grows with every change: of two of one account and day the greater is the later
 */
public record AccountCost(
    long account, Optional<LocalDate> day, long requests, BigInteger nanos, long version) {
  private static final int NANO_DIGITS = 9;
  private static final int MILLIONTH_DIGITS = 6;

  public AccountCost {
    requireNonNull(day, "day is null");
    requireNonNull(nanos, "nanos is null");
  }

  /** Nothing yet. */
  public static AccountCost none(long account, Optional<LocalDate> day) {
    return new AccountCost(account, day, 0, BigInteger.ZERO, 0);
  }

  /** The sum in USD, rounded to millionths once, half even. */
  public BigDecimal usd() {
    return new BigDecimal(nanos, NANO_DIGITS).setScale(MILLIONTH_DIGITS, RoundingMode.HALF_EVEN);
  }

  /** The same as a number of millionths. */
  public BigInteger millionths() {
    return usd().unscaledValue();
  }
}
