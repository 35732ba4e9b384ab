package io.tollgate.tests.observe;

import java.util.List;

/** The names and labels that operators' own dashboards may ask for, in any installation. */
final class ContractMetrics {
  private ContractMetrics() {}

  /** A series, as the beginning of its line in a scrape up to its first label. */
  record Kept(String name, List<String> labels) {}

  /**
   * All but {@code billing_nats_events_published_total}, which only an installation with NATS has.
   */
  static List<Kept> all() {
    return List.of(
        kept("billing_http_requests_total", "method", "path", "status"),
        kept("billing_balance_checks_total", "result"),
        kept("billing_usage_records_total", "platform"),
        kept("billing_tokens_processed_total", "type"),
        kept("billing_cost_usd_total", "platform", "model"),
        kept("billing_quota_updates_total"),
        kept("billing_low_balance_alerts_total"),
        kept("billing_recharge_total", "status"),
        kept("billing_recharge_amount", "status"),
        kept("billing_recharge_duration_seconds_count", "operation"),
        kept("billing_recharge_order_total", "status"),
        kept("billing_recharge_order_create_duration_seconds_count"),
        kept("billing_recharge_failed_total"),
        kept("billing_quota_check_total", "service", "result"),
        kept("billing_quota_deduct_total", "service", "type"),
        kept("billing_quota_check_duration_seconds_count"),
        kept("billing_quota_deduct_duration_seconds_count"),
        kept("billing_balance_total", "operation"),
        kept("billing_balance_amount", "operation"));
  }

  private static Kept kept(String name, String... labels) {
    return new Kept(name, List.of(labels));
  }
}
