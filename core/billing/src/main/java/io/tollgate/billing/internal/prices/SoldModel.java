package io.tollgate.billing.internal.prices;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.ServiceTier;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model as it is sold, and what it costs us.
 *
 * @param cost by the tier that serves; empty where nothing is said of it
 */
public record SoldModel(ModelPrice model, Optional<Map<ServiceTier, TierPrice>> cost) {
  public SoldModel {
    requireNonNull(model, "model is null");
    cost = cost.map(TreeMap::new);
  }
}
