package io.tollgate.edge.portal;

import io.tollgate.ground.Amount;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/** What will be spent until a time, when it goes on as it went. An estimate, in whole units. */
final class Forecast {
  /** Days that say how it goes. */
  static final Duration LATELY = Duration.ofDays(7);

  private Forecast() {}

  /**
   * In the time from now to the end.
   *
   * @param spent in {@code during}, which lies before now
   */
  static Amount of(Amount spent, Duration during, Instant now, Instant end) {
    long ahead = Math.max(0, Duration.between(now, end).toSeconds());
    BigInteger units =
        BigInteger.valueOf(spent.units())
            .multiply(BigInteger.valueOf(ahead))
            .divide(BigInteger.valueOf(Math.max(1, during.toSeconds())));
    return new Amount(
        spent.asset(), units.min(BigInteger.valueOf(Long.MAX_VALUE / 4)).longValueExact());
  }

  /** How long that is, a day at least: a morning says little of a month. */
  static Duration since(Instant start, Instant now) {
    Duration passed = Duration.between(start, now);
    return passed.compareTo(Duration.ofDays(1)) < 0 ? Duration.ofDays(1) : passed;
  }
}
