package io.tollgate.metering.internal.lease;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * One start of one gateway process. Random, so that it is never given twice, not even by a restored
 * database.
 */
public record Incarnation(UUID value) {
  public Incarnation {
    requireNonNull(value, "value is null");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
