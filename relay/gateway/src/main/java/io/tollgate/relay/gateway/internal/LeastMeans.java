package io.tollgate.relay.gateway.internal;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.ModelPrices;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.identity.KeyHolder;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PriceQuote;
import io.tollgate.web.RequestContext;

/**
 * Makes the cheapest request there can be, one token of the cheapest model, to see whether a caller
 * can pay for anything at all before their body is read.
 */
final class LeastMeans {
  private static final TokenUsage ONE_TOKEN = TokenUsage.of(1, 0);

  private LeastMeans() {}

  /**
   * @throws io.tollgate.ground.Refusal {@code CURRENCY_MISMATCH} when there is no price in the
   *     tenant's currency
   */
  static PassageRequest of(ModelPrices prices, RequestContext context, KeyHolder holder) {
    ModelPrice cheapest = null;
    PriceQuote lowest = null;
    long least = 0;
    for (ModelPrice model : prices.all()) {
      PriceQuote quote =
          prices.quote(
              model, holder.tenant(), holder.user(), holder.currency(), context.arrivedAt());
      long price = quote.estimate(ONE_TOKEN, 0);
      // what costs nothing by the token is mostly priced by the piece, which costs more than one
      if (lowest == null || (price > 0 && (least == 0 || price < least))) {
        cheapest = model;
        lowest = quote;
        least = price;
      }
    }
    if (cheapest == null || lowest == null) {
      throw new IllegalStateException("the price list is empty");
    }
    return new PassageRequest(
        context.requestId(),
        holder.tenant(),
        holder.user(),
        holder.key(),
        cheapest.protocol(),
        cheapest.id(),
        false,
        context.clientRequestId(),
        context.arrivedAt(),
        lowest,
        ONE_TOKEN,
        ONE_TOKEN);
  }
}
