package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What the books and the log say of a tenant's day, in one currency.
 *
 * @param day UTC, by when requests arrived
 * @param booked what the books say, which are the judge
 * @param logged what the log says, after it was mended
 * @param mended requests of the log that were set right by the books
 */
public record ComparedDay(
    LocalDate day, LogSum booked, LogSum logged, long mended, Instant comparedAt) {
  public ComparedDay {
    requireNonNull(day, "day is null");
    requireNonNull(booked, "booked is null");
    requireNonNull(logged, "logged is null");
    requireNonNull(comparedAt, "comparedAt is null");
  }

  /** Whether both say the same, to the last digit. */
  public boolean agrees() {
    return booked.requests() == logged.requests()
        && booked.quotaTokens() == logged.quotaTokens()
        && booked.cost().compareTo(logged.cost()) == 0;
  }
}
