package io.tollgate.trading.exchange.internal.calls;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** An exchange's time by our clock and the difference last seen. Safe for use by many. */
public final class ExchangeClock {
  private final InstantSource ours;
  private volatile Duration ahead = Duration.ZERO;

  public ExchangeClock(InstantSource ours) {
    this.ours = requireNonNull(ours, "ours is null");
  }

  /** What it should be there now. */
  public Instant now() {
    return ours.instant().plus(ahead);
  }

  /** Asks, and takes the answer for the time in the middle of the asking. */
  public Outcome<Instant> correct(Supplier<Outcome<Instant>> ask) {
    Instant before = ours.instant();
    Outcome<Instant> outcome = ask.get();
    Instant after = ours.instant();
    if (outcome instanceof Outcome.Accepted<Instant>(Instant theirs)) {
      Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
      ahead = Duration.between(middle, theirs);
    }
    return outcome;
  }
}
