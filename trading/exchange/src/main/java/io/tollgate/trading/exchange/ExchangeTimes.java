package io.tollgate.trading.exchange;

import java.time.Duration;

/**
 * How long calls take at most.
 *
 * @param deadline of a call, until its whole answer is here
 * @param window how long an exchange may take a new order after it was sent; at most a minute
 */
public record ExchangeTimes(Duration deadline, Duration window) {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** As exchanges recommend. */
  public static final ExchangeTimes USUAL =
      new ExchangeTimes(Duration.ofSeconds(10), Duration.ofSeconds(5));

  public ExchangeTimes {
    if (!deadline.isPositive() || deadline.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("deadline: " + deadline + " (expected: up to PT1M)");
    }
    if (!window.isPositive() || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("window: " + window + " (expected: up to PT1M)");
    }
  }
}
