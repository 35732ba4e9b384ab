package io.tollgate.relay.gateway.internal;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} in its form with seconds (RFC 9110, section 10.2.3). */
final class RetryAfter {
  static final String HEADER = "retry-after";

  private RetryAfter() {}

  /** Whole seconds, rounded up, at least 1. */
  static String written(Duration time) {
    return Long.toString(Math.max(1, (time.toMillis() + 999) / 1_000));
  }

  /** What a provider asks for; dates and nonsense are not believed. */
  static Optional<Duration> read(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    try {
      double seconds = Double.parseDouble(header.strip());
      return seconds >= 0 && seconds <= 1e9
          ? Optional.of(Duration.ofMillis(Math.round(seconds * 1_000)))
          : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
