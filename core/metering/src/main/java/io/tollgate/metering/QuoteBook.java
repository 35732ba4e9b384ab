package io.tollgate.metering;

import java.util.OptionalLong;

/**
 * Finds the price of a passage again after its process has died, and says what upstreams charge us.
 */
@FunctionalInterface
public interface QuoteBook {
  /** Most that one request can cost us: 100,000 USD. Sums of many stay far within a long. */
  long MAX_UPSTREAM_COST = 100_000_000_000_000L;

  /**
   * The quote that had this version.
   *
   * @param version as {@link PriceQuote#version()} gave it; it says everything the price is made
   *     from
   * @throws IllegalArgumentException when it cannot be read
   */
  PriceQuote byVersion(String version);

  /**
   * What the upstream charges us for a request. Asked when it is booked, once for each; answers
   * from memory, never blocks, and never fails: what is not known does not keep a charge from being
   * booked.
   *
   * @return nano USD, 0 to {@link #MAX_UPSTREAM_COST}; nothing where it is not known
   */
  default OptionalLong upstreamCost(ServedUsage served) {
    return OptionalLong.empty();
  }
}
