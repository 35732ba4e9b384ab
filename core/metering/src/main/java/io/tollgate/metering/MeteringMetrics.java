package io.tollgate.metering;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Binds the gauges and counters of metering to the metrics of the process. */
final class MeteringMetrics {
  private MeteringMetrics() {}

  static void bind(Metering metering, MeterRegistry registry) {
    Gauge.builder("tollgate_passages_open", metering, Metering::open)
        .description("Requests under way.")
        .register(registry);
    Gauge.builder("tollgate_leases_accounts", metering, Metering::leasedAccounts)
        .description("Accounts with leases in memory.")
        .register(registry);
    Gauge.builder("tollgate_gateway_serving", metering, m -> m.closedBy().isEmpty() ? 1 : 0)
        .description("1 while every event loop lets requests through.")
        .register(registry);
    Gauge.builder("tollgate_settlement_unsettled_records", metering, Metering::unsettledRecords)
        .description("Records of meter logs that are not in the books yet.")
        .register(registry);
    Gauge.builder(
            "tollgate_settlement_lag_seconds",
            metering,
            m -> m.settlementLag().toMillis() / 1_000.0)
        .description("Age of the oldest result that is not in the books yet.")
        .register(registry);
    Gauge.builder("tollgate_settlement_stray_results", metering, Metering::strayResults)
        .description("Results in meter logs whose intents are gone; they are not in the books.")
        .register(registry);
    Gauge.builder("tollgate_in_doubt_requests", metering, Metering::inDoubtRequests)
        .description("Requests in doubt that wait for their tenant's rule or decision.")
        .register(registry);
    Gauge.builder(
            "tollgate_in_doubt_oldest_seconds",
            metering,
            m -> m.oldestInDoubt().toMillis() / 1_000.0)
        .description("How long ago the oldest request in doubt began.")
        .register(registry);
  }
}
