package io.tollgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final String NOT_SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-00";
  private static final URI NOBODY = URI.create("http://127.0.0.1:9");
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.123456789Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void without_collector_the_callers_trace_is_known_and_nothing_is_recorded() {
    try (Tracing tracing = Tracing.off()) {
      RequestTrace trace = begin(tracing, SAMPLED).orElseThrow();
      assertThat(trace.traceId()).isEqualTo(TRACE);
      assertThat(trace.recorded()).isFalse();
      assertThat(trace.traceparent(1)).isEmpty();
      assertThat(tracing.begin(UUID.randomUUID(), NOW, 0, null)).isEmpty();
    }
  }

  @Test
  void trace_that_begins_here_has_the_id_of_its_request() {
    UUID request = UUID.randomUUID();
    try (Tracing tracing = open(1, 1000)) {
      RequestTrace trace = tracing.begin(request, NOW, 0, null).orElseThrow();
      assertThat(trace.traceId()).isEqualTo(request.toString().replace("-", ""));
      assertThat(trace.recorded()).isTrue();
    }
  }

  @Test
  void header_that_is_none_begins_a_new_trace() {
    UUID request = UUID.randomUUID();
    try (Tracing tracing = open(1, 1000)) {
      assertThat(tracing.begin(request, NOW, 0, "00-zz").orElseThrow().traceId())
          .isEqualTo(request.toString().replace("-", ""));
    }
  }

  @Test
  void caller_decides_whether_their_trace_is_recorded() {
    try (Tracing all = open(1, 1000);
        Tracing none = open(0, 1000)) {
      assertThat(begin(all, NOT_SAMPLED).orElseThrow().recorded()).isFalse();
      assertThat(begin(none, SAMPLED).orElseThrow().recorded()).isTrue();
    }
  }

  @Test
  void share_of_other_requests_is_traced() {
    try (Tracing tracing = open(0.25, 1_000_000)) {
      int traced = 0;
      for (int i = 0; i < 10_000; i++) {
        traced += tracing.begin(UUID.randomUUID(), NOW, 0, null).isPresent() ? 1 : 0;
      }
      assertThat(traced).isBetween(2200, 2800);
    }
  }

  @Test
  void callers_cannot_have_more_traced_in_a_second_than_is_set() {
    try (Tracing tracing = open(0, 10)) {
      int recorded = 0;
      for (int i = 0; i < 1000; i++) {
        recorded += begin(tracing, SAMPLED).orElseThrow().recorded() ? 1 : 0;
      }
      assertThat(recorded).isEqualTo(10);
      assertThat(meters.get("tollgate.traces.requests.over.limit").counter().count())
          .isEqualTo(990);
    }
  }

  @Test
  void provider_is_told_the_step_that_asks_it() {
    try (Tracing tracing = open(0, 1000)) {
      RequestTrace trace = begin(tracing, SAMPLED).orElseThrow();
      long first = trace.nextSpan();
      long second = trace.nextSpan();
      assertThat(first).isNotEqualTo(second);
      assertThat(trace.traceparent(first)).contains("00-%s-%016x-01".formatted(TRACE, first));
    }
  }

  @Test
  void collector_gets_protobuf_over_http_with_its_headers() throws IOException {
    AtomicReference<String> seen = new AtomicReference<>("");
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          seen.set(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Tenant"));
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    URI url = URI.create("http://127.0.0.1:" + collector.getAddress().getPort());
    TraceConfig config =
        new TraceConfig(Optional.of(url), Map.of("X-Tenant", "a"), 1, 100, 100, 10, 2000, true);
    try (Tracing tracing = Tracing.open(config, "1.0", meters)) {
      begin(tracing, SAMPLED).orElseThrow().whole("GET /").end(5);
      await().until(() -> meters.get("tollgate.traces.spans.sent").counter().count() == 1);
    } finally {
      collector.stop(0);
    }
    assertThat(seen.get()).isEqualTo("POST application/x-protobuf a");
  }

  @ParameterizedTest
  @CsvSource({
    "otlp.url, ftp://127.0.0.1:4318",
    "otlp.url, http://user:pass@127.0.0.1:4318",
    "otlp.url, not a url",
    "traces.ratio, 1.1",
    "traces.ratio, -0.1",
    "traces.ratio, NaN",
    "otlp.headers, no-equals-sign",
    "otlp.headers, 'a=1,a=2'",
    "otlp.headers, 'a b=1'"
  })
  void settings_out_of_bounds_are_refused_by_name(String name, String value) {
    assertThatThrownBy(() -> TraceConfig.from(settings(name, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(name);
  }

  @Test
  void defaults_trace_nothing() {
    assertThat(TraceConfig.from(settings("traces.ratio", "0.01")).collector()).isEmpty();
  }

  private static Settings settings(String name, String value) {
    return Settings.merge(
        TraceConfig.settings(), Map.of(), Map.of(name, value), Map.of(), Map.of(), "file");
  }

  private Tracing open(double ratio, int perSecond) {
    return Tracing.open(
        new TraceConfig(Optional.of(NOBODY), Map.of(), ratio, perSecond, 100, 10, 100, true),
        "1.0",
        meters);
  }

  private static Optional<RequestTrace> begin(Tracing tracing, String traceparent) {
    return tracing.begin(UUID.randomUUID(), NOW, 0, traceparent);
  }
}
