package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * That an order was sent, or was about to be. By the exchange's clock.
 *
 * @param first not after the first sending
 * @param voidAfter nothing that was sent is taken later than that
 */
public record Sent(Instant first, Instant voidAfter) {
  public Sent {
    requireNonNull(first, "first is null");
    requireNonNull(voidAfter, "voidAfter is null");
  }

  /** Both: the earlier beginning, the later end. */
  Sent with(Sent other) {
    return new Sent(
        first.isBefore(other.first) ? first : other.first,
        voidAfter.isAfter(other.voidAfter) ? voidAfter : other.voidAfter);
  }
}
