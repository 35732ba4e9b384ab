package io.tollgate.billing.internal.prices;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.PriceMultipliers;
import io.tollgate.billing.TierQuotes;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.PriceQuote;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The quotes of one row of a price list. */
public final class ModelQuotes implements TierQuotes {
  private final String model;
  private final Map<ServiceTier, ListQuote> quotes = new TreeMap<>();
  private final ListQuote standard;
  private final UnpricedTiers unpriced;

  /**
   * @param list version of the price list
   * @param multipliers by what its prices are multiplied
   * @param unpriced hears of tiers that served and have no price
   */
  public ModelQuotes(
      String list,
      ModelPrice model,
      Asset currency,
      PriceMultipliers multipliers,
      UnpricedTiers unpriced) {
    this.model = model.id();
    this.unpriced = requireNonNull(unpriced, "unpriced is null");
    model
        .tiers()
        .forEach(
            (tier, price) ->
                quotes.put(
                    tier,
                    new ListQuote(
                        new QuoteTerms(list, model.id(), currency, multipliers, tier, price))));
    standard = requireNonNull(quotes.get(ServiceTier.STANDARD), "no standard price");
  }

  @Override
  public PriceQuote standard() {
    return standard;
  }

  @Override
  public PriceQuote asked(String field, ServiceTier tier) {
    return find(tier)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    field
                        + ": "
                        + tier
                        + " (expected: "
                        + quotes.keySet().stream()
                            .map(
                                known ->
                                    known.equals(ServiceTier.STANDARD)
                                        ? "the usual tier"
                                        : known.name())
                            .collect(Collectors.joining(", "))
                        + "; "
                        + model
                        + " has no price for another)"));
  }

  @Override
  public PriceQuote served(ServiceTier asked, Optional<ServiceTier> served) {
    ServiceTier tier = served.orElse(asked);
    Optional<PriceQuote> found = find(tier);
    if (found.isEmpty()) {
      unpriced.served(model, tier);
    }
    return found.orElse(standard);
  }

  @Override
  public Optional<PriceQuote> find(ServiceTier tier) {
    return Optional.ofNullable(quotes.get(tier));
  }
}
