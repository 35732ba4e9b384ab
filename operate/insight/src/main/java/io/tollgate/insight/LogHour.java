package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What requests of one group have in common in one hour of UTC.
 *
 * @param hour its beginning
 * @param group its name; empty where requests have none
 * @param requests those that others stand for included
 * @param failed answered with 400 or more, or left by their caller
 * @param currency of the cost; requests of other currencies are a row of their own
 * @param cost what users pay, smallest units, what is owed included
 */
public record LogHour(
    Instant hour,
    Optional<String> group,
    long requests,
    long failed,
    long inputTokens,
    long outputTokens,
    Optional<String> currency,
    long cost) {
  public LogHour {
    requireNonNull(hour, "hour is null");
    requireNonNull(group, "group is null");
    requireNonNull(currency, "currency is null");
  }
}
