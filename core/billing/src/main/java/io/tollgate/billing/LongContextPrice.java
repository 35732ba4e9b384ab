package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

/**
 * What the whole of a request costs whose input is long.
 *
 * @param aboveInputTokens a request with more input tokens than this, cached ones included, is
 *     charged at these prices; at least 1
 */
public record LongContextPrice(long aboveInputTokens, KindPrices prices) {
  public LongContextPrice {
    if (aboveInputTokens < 1) {
      throw new IllegalArgumentException(
          "above_input_tokens: " + aboveInputTokens + " (expected: >= 1)");
    }
    requireNonNull(prices, "prices is null");
  }
}
