package io.tollgate.billing;

import io.tollgate.billing.internal.sheets.PriceForm;
import io.tollgate.contracts.ServiceTier;
import java.util.Map;

/** Prices in the form of a price list, as {@code prices/models.yaml} describes it. */
public final class WrittenPrices {
  private WrittenPrices() {}

  /** The prices by tier, the usual tier's fields at the top; numbers are exact decimals. */
  public static Map<String, Object> of(Map<ServiceTier, TierPrice> tiers) {
    return PriceForm.prices(tiers);
  }
}
