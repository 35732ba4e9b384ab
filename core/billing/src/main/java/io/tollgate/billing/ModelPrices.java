package io.tollgate.billing;

import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.PriceQuote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What models cost. In memory: never blocks. Safe for use by many threads. */
public interface ModelPrices {
  /** The model by its id or one of its aliases, as callers write it. */
  Optional<ModelPrice> find(String model);

  /** Every model, in the order of the list. */
  List<ModelPrice> all();

  /**
   * The prices of the model for one caller at one time, by service tier.
   *
   * @throws io.tollgate.ground.Refusal {@code CURRENCY_MISMATCH} when the currency is not USD, in
   *     which list prices are
   */
  TierQuotes quotes(ModelPrice model, TenantId tenant, UserId user, Asset currency, Instant at);

  /** The same for the standard tier. */
  default PriceQuote quote(
      ModelPrice model, TenantId tenant, UserId user, Asset currency, Instant at) {
    return quotes(model, tenant, user, currency, at).standard();
  }

  /**
   * How many requests were charged the standard price since the start because the tier that served
   * them, which they had not asked for, has none.
   */
  long servedWithoutPrice();
}
