package io.tollgate.billing;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/** Binds the counters of prices to the metrics of the process. */
final class PriceMetrics {
  private PriceMetrics() {}

  static void bind(ModelPrices prices, MeterRegistry registry) {
    FunctionCounter.builder(
            "tollgate_tiers_served_without_price", prices, ModelPrices::servedWithoutPrice)
        .description(
            "Requests charged the standard price, as the service tier that served them has none.")
        .register(registry);
  }
}
