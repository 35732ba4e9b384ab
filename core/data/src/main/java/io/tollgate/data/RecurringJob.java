package io.tollgate.data;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A task that is run at an interval, by one process of the cluster at a time.
 *
 * @param name stable over restarts, 1 to 100 characters: when it ran last is kept under it
 * @param interval from the start of one run to the start of the next, at least; 10 ms to 31 days
 * @param work what is done; may run again after a crash half way, so it must bear that. What it
 *     throws is logged and counted, and it runs again after the interval
 */
public record RecurringJob(String name, Duration interval, Runnable work) {
  private static final Duration LEAST = Duration.ofMillis(10);
  private static final Duration MAX = Duration.ofDays(31);

  public RecurringJob {
    requireNonNull(work, "work is null");
    if (name.isEmpty() || name.length() > 100) {
      throw new IllegalArgumentException("job name: " + name + " (expected: 1 to 100 characters)");
    }
    if (interval.compareTo(LEAST) < 0 || interval.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "interval of job "
              + name
              + ": "
              + interval
              + " (expected: "
              + LEAST
              + " to "
              + MAX
              + ")");
    }
  }
}
