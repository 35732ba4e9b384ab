package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.HealthState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Health as one gateway tells others in a line of text: account, key, state, milliseconds of rest,
 * code, status and age of the latest failure, {@code -} for what there is none of. Times are spans,
 * so that clocks need not agree.
 */
final class ToldHealth {
  private static final int PARTS = 7;
  private static final String NONE = "-";
  private static final Pattern SPACE = Pattern.compile(" ");
  // no failure is told of that is older, and no rest that is longer
  private static final long MAX_MS = TimeUnit.DAYS.toMillis(366);

  private ToldHealth() {}

  static String write(HealthSubject subject, Standing standing, long now) {
    Standing.Failure failure = standing.failure();
    return String.join(
        " ",
        List.of(
            Long.toString(subject.account()),
            Long.toString(subject.key()),
            standing.state().code(),
            Long.toString(rests(standing) ? millis(standing.until() - now) : 0),
            failure == null ? NONE : failure.code(),
            failure == null || failure.status().isEmpty()
                ? NONE
                : Integer.toString(failure.status().getAsInt()),
            failure == null ? NONE : Long.toString(millis(now - failure.at()))));
  }

  /**
   * @throws IllegalArgumentException when it is no such line
   */
  static LearnedHealth read(String line) {
    String[] parts = SPACE.split(line, PARTS + 1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException("parts: " + parts.length + " (expected: " + PARTS + ")");
    }
    return new LearnedHealth(
        new HealthSubject(Long.parseLong(parts[0]), Long.parseLong(parts[1])),
        HealthState.ofCode(parts[2]),
        span(parts[3]),
        Optional.of(parts[4]).filter(code -> !code.equals(NONE)),
        parts[5].equals(NONE) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts[5])),
        parts[6].equals(NONE) ? Duration.ZERO : span(parts[6]),
        LearnedHealth.UNNUMBERED);
  }

  private static boolean rests(Standing standing) {
    return switch (standing.state()) {
      case HEALTHY, BANNED -> false;
      case DOUBTFUL, COOLING, CIRCUIT_OPEN -> true;
    };
  }

  private static long millis(long nanos) {
    return Math.min(MAX_MS, Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos)));
  }

  private static Duration span(String text) {
    long millis = Long.parseLong(text);
    if (millis < 0 || millis > MAX_MS) {
      throw new IllegalArgumentException("span: " + millis + " ms (expected: 0 to " + MAX_MS + ")");
    }
    return Duration.ofMillis(millis);
  }
}
