package io.tollgate.billing.internal.prices;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.LongContextPrice;
import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.TokenPrice;
import io.tollgate.ground.Asset;
import java.util.Optional;

/**
 * Everything a quote's price is made from.
 *
 * @param list version of the price list it comes from
 * @param model row of that list
 */
public record QuoteTerms(
    String list,
    String model,
    Asset currency,
    TokenPrice price,
    Optional<LongContextPrice> longContext) {
  public QuoteTerms {
    requireNonNull(list, "list is null");
    requireNonNull(model, "model is null");
    requireNonNull(currency, "currency is null");
    requireNonNull(price, "price is null");
    requireNonNull(longContext, "longContext is null");
  }

  /** The terms of a model at list price. */
  public static QuoteTerms of(String list, ModelPrice model, Asset currency) {
    return new QuoteTerms(list, model.id(), currency, model.price(), model.longContext());
  }

  TokenPrice priceFor(long inputTokens) {
    return longContext
        .filter(tier -> inputTokens > tier.aboveInputTokens())
        .map(LongContextPrice::price)
        .orElse(price);
  }
}
