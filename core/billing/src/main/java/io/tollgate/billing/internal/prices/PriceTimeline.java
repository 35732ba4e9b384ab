package io.tollgate.billing.internal.prices;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The prices of one model, each from its moment on until the next one's. Immutable.
 *
 * @param prices at least one, the earliest first
 */
record PriceTimeline(List<DatedPrice> prices) {
  PriceTimeline {
    prices = List.copyOf(prices);
    if (prices.isEmpty()) {
      throw new IllegalArgumentException("no prices (expected: at least one)");
    }
  }

  /** The price at that time; empty before the first one begins. */
  Optional<DatedPrice> at(Instant time) {
    for (int i = prices.size() - 1; i >= 0; i--) {
      DatedPrice price = prices.get(i);
      if (!price.from().isAfter(time)) {
        return Optional.of(price);
      }
    }
    return Optional.empty();
  }

  /** When the price with this place ends; far in the future for the last one. */
  Instant end(int place) {
    return place + 1 < prices.size() ? prices.get(place + 1).from() : Instant.MAX;
  }
}
