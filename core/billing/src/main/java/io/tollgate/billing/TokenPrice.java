package io.tollgate.billing;

/**
 * What a million tokens of each kind cost, in nano USD: 0.15 USD is 150,000,000. Between 0 and
 * {@link #MOST}, so that no product of a price and a usage leaves 128 bits, and no charge leaves a
 * long.
 *
 * @param input input tokens that are neither read from nor written to a cache
 * @param cacheRead input tokens read from a cache
 * @param cacheWrite input tokens written to a cache
 * @param output output tokens, reasoning excluded
 * @param reasoning output tokens spent on reasoning
 */
public record TokenPrice(long input, long cacheRead, long cacheWrite, long output, long reasoning) {
  /** One USD per token. */
  public static final long MOST = 1_000_000_000_000_000L;

  public TokenPrice {
    requireWithin("input", input);
    requireWithin("cache_read", cacheRead);
    requireWithin("cache_write", cacheWrite);
    requireWithin("output", output);
    requireWithin("reasoning", reasoning);
  }

  private static void requireWithin(String kind, long nanosPerMillion) {
    if (nanosPerMillion < 0 || nanosPerMillion > MOST) {
      throw new IllegalArgumentException(
          kind
              + ": "
              + nanosPerMillion
              + " nano USD per million tokens (expected: 0 to "
              + MOST
              + ")");
    }
  }
}
