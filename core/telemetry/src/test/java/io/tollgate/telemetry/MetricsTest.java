package io.tollgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void scrape_is_prometheus_text_with_counters_named_total() {
    try (Metrics metrics = Metrics.empty()) {
      metrics.registry().counter("billing_balance_checks", "result", "allowed").increment(3);
      assertThat(metrics.scrape())
          .contains("# TYPE billing_balance_checks_total counter")
          .contains("billing_balance_checks_total{result=\"allowed\"} 3.0");
    }
  }

  @Test
  void process_is_counted_too() {
    try (Metrics metrics = Metrics.ofProcess()) {
      assertThat(metrics.scrape())
          .contains("jvm_memory_used_bytes")
          .contains("process_files_open_files")
          .contains("process_uptime_seconds");
    }
  }
}
