package io.tollgate.edge.admin;

import io.tollgate.billing.TierPrice;
import io.tollgate.billing.WrittenPrices;
import io.tollgate.contracts.ServiceTier;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prices as rows show them: in the form in which they are set. */
final class PriceFields {
  private PriceFields() {}

  static Map<String, Object> of(Map<ServiceTier, TierPrice> tiers) {
    return WrittenPrices.of(tiers);
  }

  static @Nullable Map<String, Object> ofKnown(Optional<Map<ServiceTier, TierPrice>> tiers) {
    return tiers.map(WrittenPrices::of).orElse(null);
  }
}
