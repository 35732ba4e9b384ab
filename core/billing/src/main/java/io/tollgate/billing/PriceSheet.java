package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A model's prices as an operator set them, from a moment on until the model's next sheet begins.
 *
 * @param id names it, and is named by price versions
 * @param effectiveFrom when it begins
 * @param model as it is sold
 * @param upstreamCost what it costs us, by the tier that serves; where it is empty, what the price
 *     list says of the model
 * @param admin who set it, where that is known
 * @param updatedAt when it was set or changed last
 */
public record PriceSheet(
    long id,
    Instant effectiveFrom,
    ModelPrice model,
    Optional<Map<ServiceTier, TierPrice>> upstreamCost,
    OptionalLong admin,
    Instant createdAt,
    Instant updatedAt) {
  public PriceSheet {
    requireNonNull(effectiveFrom, "effectiveFrom is null");
    requireNonNull(model, "model is null");
    upstreamCost = upstreamCost.map(TreeMap::new);
    requireNonNull(admin, "admin is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }

  /** What price versions name as the origin of its prices. */
  public String origin() {
    return "sheet-" + id;
  }
}
