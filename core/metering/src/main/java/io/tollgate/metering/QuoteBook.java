package io.tollgate.metering;

/** Finds the price of a passage again after its process has died. */
@FunctionalInterface
public interface QuoteBook {
  /**
   * The quote that had this version.
   *
   * @param version as {@link PriceQuote#version()} gave it; it says everything the price is made
   *     from
   * @throws IllegalArgumentException when it cannot be read
   */
  PriceQuote byVersion(String version);
}
