package io.tollgate.metering.internal.meterlog;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * Whose log it is. Stands in the header of every segment.
 *
 * @param ledger id of the ledger it settles into; a restored ledger has a new one
 * @param log random id of this log; also seeds the checksums, so that no record of another log fits
 * @param incarnation the start of a process that writes it
 * @param boot the machine's boot it was written under
 * @param shard number of the event loop, from 0
 */
public record LogIdentity(UUID ledger, UUID log, UUID incarnation, UUID boot, int shard) {
  public LogIdentity {
    requireNonNull(ledger, "ledger is null");
    requireNonNull(log, "log is null");
    requireNonNull(incarnation, "incarnation is null");
    requireNonNull(boot, "boot is null");
    if (shard < 0) {
      throw new IllegalArgumentException("shard: " + shard + " (expected: >= 0)");
    }
  }
}
