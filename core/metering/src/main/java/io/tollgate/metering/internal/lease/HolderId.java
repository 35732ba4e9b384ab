package io.tollgate.metering.internal.lease;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * Who holds leases: one event loop of one start of one gateway process. Its meter log has the same
 * id. Random, so that it is never given twice, not even by a restored database.
 */
public record HolderId(UUID value) {
  public HolderId {
    requireNonNull(value, "value is null");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
