package io.tollgate.trading.exchange;

import java.time.Duration;

/**
 * How long calls take at most, and how streams are kept alive.
 *
 * @param deadline of a call, until its whole answer is here
 * @param window how long an exchange may take a new order after it was sent; at most a minute
 * @param streamPing how often a stream is pinged whose exchange wants that (OKX, Gate); one from
 *     which nothing came for twice as long is opened anew. At most 25 s: OKX waits 30
 * @param streamRenewal how often what opens a stream is renewed where it expires (Binance's listen
 *     key, after an hour)
 */
public record ExchangeTimes(
    Duration deadline, Duration window, Duration streamPing, Duration streamRenewal) {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration USUAL_PING = Duration.ofSeconds(15);
  private static final Duration LONGEST_PING = Duration.ofSeconds(25);
  private static final Duration USUAL_RENEWAL = Duration.ofMinutes(30);
  private static final Duration LONGEST_RENEWAL = Duration.ofMinutes(50);

  /** As exchanges recommend. */
  public static final ExchangeTimes USUAL =
      new ExchangeTimes(Duration.ofSeconds(10), Duration.ofSeconds(5));

  public ExchangeTimes {
    require("deadline", deadline, LONGEST);
    require("window", window, LONGEST);
    require("stream ping", streamPing, LONGEST_PING);
    require("stream renewal", streamRenewal, LONGEST_RENEWAL);
  }

  /** With streams kept alive as exchanges recommend. */
  public ExchangeTimes(Duration deadline, Duration window) {
    this(deadline, window, USUAL_PING, USUAL_RENEWAL);
  }

  private static void require(String name, Duration given, Duration longest) {
    if (!given.isPositive() || given.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          name + ": " + given + " (expected: up to " + longest + ")");
    }
  }
}
