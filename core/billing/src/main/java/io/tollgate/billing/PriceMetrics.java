package io.tollgate.billing;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/** Binds the counters of prices to the metrics of the process. */
final class PriceMetrics {
  private PriceMetrics() {}

  static void bind(PriceBook prices, MeterRegistry registry) {
    FunctionCounter.builder(
            "tollgate_tiers_served_without_price", prices, ModelPrices::servedWithoutPrice)
        .description(
            "Requests charged the standard price, as the service tier that served them has none.")
        .register(registry);
    FunctionCounter.builder("tollgate_prices_replaced", prices, PriceBook::replaced)
        .description("How often this process took over changed prices.")
        .register(registry);
    FunctionCounter.builder("tollgate_prices_failures", prices, PriceBook::failures)
        .description("How often prices could not be read again; they stayed as they were.")
        .register(registry);
    FunctionCounter.builder("tollgate_upstream_cost_unknown", prices, PriceBook::costsUnknown)
        .description(
            "Requests that were booked without knowing what the upstream charges for them.")
        .register(registry);
  }
}
