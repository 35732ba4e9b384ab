package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How much an audit reads.
 *
 * @param since rows that only ever are added are read from this time of posting on; what has a
 *     present state (balances, holds, sums) is checked whole all the same. Empty: everything
 * @param maxFindings most findings and notes per check, 1 to 10,000
 */
public record AuditScope(Optional<Instant> since, int maxFindings) {
  public static final AuditScope WHOLE = new AuditScope(Optional.empty(), 100);

  public AuditScope {
    requireNonNull(since, "since is null");
    if (maxFindings < 1 || maxFindings > 10_000) {
      throw new IllegalArgumentException(
          "max findings: " + maxFindings + " (expected: 1 to 10000)");
    }
  }

  public static AuditScope since(Instant since) {
    return new AuditScope(Optional.of(since), WHOLE.maxFindings);
  }
}
