package io.tollgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
  void bucket_of_a_traced_latency_names_its_request_in_open_metrics() {
    TraceConfig config =
        new TraceConfig(
            Optional.of(URI.create("http://127.0.0.1:9")), Map.of(), 1, 10, 100, 1000, 100, true);
    UUID request = UUID.randomUUID();
    try (Metrics metrics = Metrics.ofProcess(true);
        Tracing tracing = Tracing.open(config, "1.0", metrics.registry())) {
      Timer timer =
          Timer.builder("tollgate.test")
              .serviceLevelObjectives(Duration.ofSeconds(1))
              .register(metrics.registry());
      tracing
          .begin(request, Instant.EPOCH, 0, null)
          .orElseThrow()
          .timing(() -> timer.record(Duration.ofMillis(20)));
      String trace = "trace_id=\"" + request.toString().replace("-", "") + "\"";
      assertThat(metrics.scrapeOpenMetrics())
          .contains("tollgate_test_seconds_bucket{le=\"1.0\"} 1 # {")
          .contains(trace)
          .containsPattern("tollgate_test_seconds_count 1\n")
          .endsWith("# EOF\n");
      assertThat(metrics.scrape()).doesNotContain(trace);
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
