package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a model costs at one time, and where that comes from.
 *
 * @param origin version of the price list, or the price sheet
 * @param from since when; the beginning of 1970 for the price list
 * @param upstreamCost what it costs us, by the tier that serves; empty where that is not known
 * @param nextFrom when its next price begins, where there is one
 */
public record CurrentPrice(
    ModelPrice model,
    String origin,
    Instant from,
    Optional<Map<ServiceTier, TierPrice>> upstreamCost,
    Optional<Instant> nextFrom) {
  public CurrentPrice {
    requireNonNull(model, "model is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(from, "from is null");
    requireNonNull(upstreamCost, "upstreamCost is null");
    requireNonNull(nextFrom, "nextFrom is null");
  }
}
