package io.tollgate.trading.engine.guard;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A signal as it was given.
 *
 * @param entry price at which it was, more than 0
 * @param confidence 0 to 100; empty: none was said
 * @param barClosed when the bar closed that it came from
 */
public record GuardedSignal(
    Side side,
    BigDecimal entry,
    Optional<BigDecimal> stop,
    Optional<BigDecimal> target,
    Optional<BigDecimal> confidence,
    Instant barClosed) {
  public GuardedSignal {
    requireNonNull(side, "side is null");
    requireNonNull(stop, "stop is null");
    requireNonNull(target, "target is null");
    requireNonNull(confidence, "confidence is null");
    requireNonNull(barClosed, "barClosed is null");
    if (entry.signum() <= 0) {
      throw new IllegalArgumentException("entry: " + entry + " (expected: more than 0)");
    }
  }
}
