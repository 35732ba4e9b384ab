package io.tollgate.billing.internal.prices;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.ServiceTier;
import java.util.List;
import java.util.Map;

/**
 * A price list that was checked whole.
 *
 * @param costs what models cost us, by id and tier, where that is another price than the one sold
 *     at
 * @param version its date and the beginning of its SHA-256: two lists of one day differ
 */
public record PriceList(
    String version, List<ModelPrice> models, Map<String, Map<ServiceTier, TierPrice>> costs) {
  public PriceList {
    requireNonNull(version, "version is null");
    models = List.copyOf(models);
    costs = Map.copyOf(costs);
  }
}
