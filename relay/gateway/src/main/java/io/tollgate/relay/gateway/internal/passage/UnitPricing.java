package io.tollgate.relay.gateway.internal.passage;

import io.tollgate.billing.KindPrices;
import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.TierQuotes;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsagePart;
import io.tollgate.metering.PriceQuote;
import io.tollgate.relay.protocols.AskedUnits;
import io.tollgate.relay.protocols.usage.PricedUnits;
import java.util.Objects;

/**
 * The price of a request for pictures, sound or searches: that of the size and quality asked for,
 * where it has one of its own, and in what of pieces and tokens its model has a price at all.
 *
 * @param tier whose price it is; that of a size and quality is written down as a tier is
 */
record UnitPricing(ServiceTier tier, PriceQuote quote, PricedUnits units) {
  /**
   * @param inputTokens of the request's text
   */
  static UnitPricing of(AskedUnits asked, long inputTokens, ModelPrice model, TierQuotes quotes) {
    ServiceTier tier = ServiceTier.STANDARD;
    PriceQuote quote = quotes.standard();
    for (ServiceTier variant : asked.variants()) {
      if (quotes.find(variant).isPresent()) {
        tier = variant;
        quote = quotes.find(variant).get();
        break;
      }
    }
    TokenUsage.Builder tokens = TokenUsage.builder().add(UsageKind.TEXT_INPUT, inputTokens);
    asked.tokens().forEach(tokens::add);
    TokenUsage all = tokens.build();
    KindPrices prices = Objects.requireNonNull(model.tiers().get(tier)).usual();
    return new UnitPricing(
        tier,
        quote,
        new PricedUnits(
            asked.kind(),
            asked.count(),
            asked.maxCount(),
            all,
            prices.has(asked.kind()),
            pricedInTokens(all, prices)));
  }

  /** Whether what matters of these tokens costs anything: the output, where there is any. */
  private static boolean pricedInTokens(TokenUsage tokens, KindPrices prices) {
    UsagePart.Side side = tokens.output() > 0 ? UsagePart.Side.OUTPUT : UsagePart.Side.INPUT;
    return UsageKind.all().stream()
        .anyMatch(
            kind ->
                kind.part().side() == side
                    && tokens.count(kind) > 0
                    && prices.perMillion(kind) > 0);
  }

  /**
   * What is to be reserved: pieces or tokens, the dearer where either may be charged. Where neither
   * has a price, the pieces, for which the request is refused.
   */
  TokenUsage estimate() {
    TokenUsage pieces = units.pieces();
    if (!units.byToken()) {
      return pieces;
    }
    boolean tokensAreDearer =
        !units.byPiece() || quote.estimate(units.tokens(), 0) > quote.estimate(pieces, 0);
    return tokensAreDearer ? units.tokens() : pieces;
  }
}
