package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Who works on an order.
 *
 * @param epoch of the claim: each has a higher one than the last, and what is said under a former
 *     one ends nothing
 * @param holder one process; empty: nobody
 * @param until when the holder is taken for dead
 */
public record Claim(long epoch, Optional<String> holder, Instant until) {
  /** Nobody's yet. */
  public static final Claim NONE = new Claim(0, Optional.empty(), Instant.EPOCH);

  public Claim {
    requireNonNull(holder, "holder is null");
    requireNonNull(until, "until is null");
  }

  /** Whether somebody works on it. */
  public boolean held(Instant now) {
    return holder.isPresent() && now.isBefore(until);
  }

  Claim by(String next, Instant end) {
    return new Claim(epoch + 1, Optional.of(next), end);
  }

  Claim released() {
    return new Claim(epoch, Optional.empty(), until);
  }
}
