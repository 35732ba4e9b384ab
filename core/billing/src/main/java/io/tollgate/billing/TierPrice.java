package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What usage costs in one service tier.
 *
 * @param longContext what it costs in a request with a long input, where that differs
 */
public record TierPrice(KindPrices usual, Optional<LongContextPrice> longContext) {
  public TierPrice {
    requireNonNull(usual, "usual is null");
    requireNonNull(longContext, "longContext is null");
  }

  /** Does not depend on the length of the input. */
  public TierPrice(KindPrices usual) {
    this(usual, Optional.empty());
  }

  /** What a request with so many input tokens costs. */
  public KindPrices pricesFor(long inputTokens) {
    // on the way of every charge
    if (longContext.isPresent() && inputTokens > longContext.get().aboveInputTokens()) {
      return longContext.get().prices();
    }
    return usual;
  }
}
