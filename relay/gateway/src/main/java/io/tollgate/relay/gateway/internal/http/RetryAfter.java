package io.tollgate.relay.gateway.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes how long to wait before another try: the header {@code Retry-After} in both its
 * forms, seconds and a date (RFC 9110, section 10.2.3), and {@code retry-after-ms}, as OpenAI sends
 * it.
 */
public final class RetryAfter {
  public static final String HEADER = "retry-after";
  public static final String HEADER_MS = "retry-after-ms";

  private static final double MAX_SECONDS = 1e9;

  private RetryAfter() {}

  /** Whole seconds, rounded up, at least 1. */
  public static String written(Duration time) {
    return Long.toString(Math.max(1, (time.toMillis() + 999) / 1_000));
  }

  /**
   * What a provider asks for; nonsense is not believed.
   *
   * @param header {@code Retry-After}
   * @param headerMs {@code retry-after-ms}, which is the finer of the two
   * @param now by our clock
   */
  public static Optional<Duration> read(
      @Nullable String header, @Nullable String headerMs, Instant now) {
    return number(headerMs, 0.001)
        .or(() -> number(header, 1))
        .or(() -> header == null ? Optional.empty() : date(header.strip(), now));
  }

  private static Optional<Duration> number(@Nullable String header, double unitSeconds) {
    if (header == null) {
      return Optional.empty();
    }
    try {
      double seconds = Double.parseDouble(header.strip()) * unitSeconds;
      return seconds >= 0 && seconds <= MAX_SECONDS
          ? Optional.of(Duration.ofMillis(Math.round(seconds * 1_000)))
          : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** A date that has passed asks for no wait. */
  private static Optional<Duration> date(String text, Instant now) {
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, at);
      if (wait.toSeconds() > MAX_SECONDS) {
        return Optional.empty();
      }
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
