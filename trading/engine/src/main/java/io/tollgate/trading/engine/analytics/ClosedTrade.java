package io.tollgate.trading.engine.analytics;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A position that was closed.
 *
 * @param pnl what it brought, fees and funding included
 * @param openedAt where it is known
 * @param closedAt where it is known
 */
public record ClosedTrade(BigDecimal pnl, Optional<Instant> openedAt, Optional<Instant> closedAt) {
  /**
   * @throws IllegalArgumentException when it was closed before it was opened
   */
  public ClosedTrade {
    requireNonNull(pnl, "pnl is null");
    requireNonNull(openedAt, "openedAt is null");
    requireNonNull(closedAt, "closedAt is null");
    if (openedAt.isPresent() && closedAt.isPresent() && closedAt.get().isBefore(openedAt.get())) {
      throw new IllegalArgumentException(
          "closed_at: " + closedAt.get() + " (expected: not before " + openedAt.get() + ")");
    }
  }

  /** How long it was held, where that is known. */
  Optional<Duration> held() {
    return openedAt.flatMap(from -> closedAt.map(to -> Duration.between(from, to)));
  }
}
