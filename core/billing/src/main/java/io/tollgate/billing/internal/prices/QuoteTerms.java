package io.tollgate.billing.internal.prices;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ChargedPart;
import io.tollgate.billing.PriceMultipliers;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.ground.Asset;
import java.util.Optional;

/**
 * Everything a quote's price is made from.
 *
 * @param list version of the price list it comes from
 * @param model row of that list
 * @param multipliers by what list prices are multiplied
 * @param tier that it is the price of
 * @param part of the price that is charged, where it is not all of it
 */
public record QuoteTerms(
    String list,
    String model,
    Asset currency,
    PriceMultipliers multipliers,
    ServiceTier tier,
    TierPrice price,
    Optional<ChargedPart> part) {
  /** All of the price. */
  public QuoteTerms(
      String list,
      String model,
      Asset currency,
      PriceMultipliers multipliers,
      ServiceTier tier,
      TierPrice price) {
    this(list, model, currency, multipliers, tier, price, Optional.empty());
  }

  /** At list price. */
  public QuoteTerms(String list, String model, Asset currency, ServiceTier tier, TierPrice price) {
    this(list, model, currency, PriceMultipliers.NONE, tier, price);
  }

  public QuoteTerms {
    requireNonNull(list, "list is null");
    requireNonNull(model, "model is null");
    requireNonNull(currency, "currency is null");
    requireNonNull(multipliers, "multipliers is null");
    requireNonNull(tier, "tier is null");
    requireNonNull(price, "price is null");
    requireNonNull(part, "part is null");
  }

  /** The same, charged in part. */
  public QuoteTerms inPart(ChargedPart charged) {
    return new QuoteTerms(list, model, currency, multipliers, tier, price, Optional.of(charged));
  }
}
