package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.Amount;

/**
 * Usage records of one model that were booked together, added up.
 *
 * @param records how many
 * @param inputTokens of all kinds
 * @param outputTokens of all kinds
 * @param cost paid and owed
 */
public record BookedUsage(
    Protocol protocol,
    String model,
    long records,
    long inputTokens,
    long outputTokens,
    Amount cost) {
  public BookedUsage {
    requireNonNull(protocol, "protocol is null");
    requireNonNull(model, "model is null");
    requireNonNull(cost, "cost is null");
  }
}
