package io.tollgate.tests.observe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.relay.RealtimeCaller;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a running program tells those who watch it: traces, log lines, metrics. */
@Tag("slow")
class ObservedProgramTest {
  private static final String SECRET = "Bearer%20collector-secret";
  private static final String PROMPT = "The prompt that nobody else may read, number %d.";

  private static TraceCollector collector;
  private static Installation installation;
  private static Client client;
  private static String key;

  @BeforeAll
  static void start() throws IOException {
    collector = new TraceCollector();
    installation =
        Installation.startWith(
            Map.of("TOLLGATE_OTLP_HEADERS", "Authorization=" + SECRET),
            "--relay-accounts-reload-ms=100",
            "--otlp-url=" + collector.url(),
            "--otlp-interval-ms=50",
            "--traces-ratio=0");
    client = new Client(installation);
    key = installation.demo().user(1).apiKey();
  }

  @AfterAll
  static void stop() {
    installation.close();
    collector.close();
  }

  @Test
  void request_that_failed_over_and_streamed_is_one_trace_from_caller_to_settlement()
      throws IOException {
    try (FailingProvider failing = new FailingProvider()) {
      String account = accountAt(failing.url());
      try {
        String trace = failedOver(failing);
        Map<String, Span> spans = spans(trace, 6);
        Span whole = the(spans, "POST /v1/chat/completions");
        assertThat(TraceCollector.hex(whole.getParentSpanId().toByteArray()))
            .isEqualTo("00f067aa0ba902b7");
        assertThat(whole.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(spans.keySet())
            .containsExactlyInAnyOrder(
                "POST /v1/chat/completions",
                "look up key",
                "reserve",
                "ask provider status_503",
                "ask provider answered",
                "settle");
        spans.forEach(
            (name, span) -> {
              if (span != whole) {
                assertThat(span.getParentSpanId()).as(name).isEqualTo(whole.getSpanId());
                assertThat(span.getStartTimeUnixNano())
                    .as(name)
                    .isBetween(whole.getStartTimeUnixNano(), whole.getEndTimeUnixNano());
              }
              assertThat(span.getEndTimeUnixNano())
                  .as(name)
                  .isGreaterThanOrEqualTo(span.getStartTimeUnixNano());
            });
        assertThat(inOrder(spans))
            .containsExactly(
                "POST /v1/chat/completions",
                "look up key",
                "reserve",
                "ask provider status_503",
                "ask provider answered",
                "settle");
        assertThat(failing.traceparents())
            .contains(
                "00-"
                    + trace
                    + "-"
                    + TraceCollector.hex(
                        the(spans, "ask provider status_503").getSpanId().toByteArray())
                    + "-01");
        requestLogHas(trace, the(attributes(whole), "tollgate.request_id"));
        logLinesHave(trace, TraceCollector.hex(whole.getSpanId().toByteArray()));
        nothingSecretWasTold();
      } finally {
        disable(account);
      }
    }
  }

  @Test
  void trace_that_its_caller_does_not_record_is_in_the_request_log_and_nowhere_else() {
    String trace = "aaaabbbbccccddddeeeeffff00001111";
    HttpResponse<String> answer =
        client.postChat(
            key,
            Client.chat("gpt-4o-mini", 20, false, "Hello"),
            "traceparent",
            "00-" + trace + "-00f067aa0ba902b7-00");
    requestLogHas(trace, id(answer));
    assertThat(collector.spans(trace)).isEmpty();
  }

  @Test
  void header_that_is_no_traceparent_is_ignored() {
    HttpResponse<String> answer =
        client.postChat(
            key,
            Client.chat("gpt-4o-mini", 20, false, "Hello"),
            "traceparent",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(logged("request_id=" + id(answer)).path("trace_id").isString()).isFalse();
  }

  @Test
  void refused_request_is_traced_too() {
    String trace = "aaaabbbbccccddddeeeeffff00002222";
    HttpResponse<String> refused =
        client.postChat(
            "sk-nobody-has-this",
            Client.chat("gpt-4o-mini", 20, false, "Hello"),
            "traceparent",
            "00-" + trace + "-00f067aa0ba902b7-01");
    assertThat(refused.statusCode()).isEqualTo(401);
    Map<String, Span> spans = spans(trace, 2);
    assertThat(attributes(the(spans, "look up key")))
        .containsEntry("error.type", "INVALID_API_KEY");
    assertThat(attributes(the(spans, "POST /v1/chat/completions")))
        .containsEntry("http.response.status_code", "401");
  }

  @Test
  void kept_metrics_are_there_with_their_labels_in_a_form_that_prometheus_takes() {
    try (Traffic traffic = new Traffic(installation)) {
      traffic.once();
    }
    // some count what happens after the answers: what is booked, written and sent on
    List<ContractMetrics.Kept> _ =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> missing(metrics()), missing -> missing.isEmpty());
    String plain = metrics();
    CheckingTool promtool = CheckingTool.named("promtool");
    byte[] scrape = plain.getBytes(StandardCharsets.UTF_8);
    // exit code 3: taken, and something is said about help texts and names
    assertThat(promtool.run(installation.dataDirectory(), scrape, "check", "metrics").exitCode())
        .isIn(0, 3);
    byte[] broken = (plain + "\nbilling_x{a=1} 2").getBytes(StandardCharsets.UTF_8);
    assertThat(promtool.run(installation.dataDirectory(), broken, "check", "metrics").exitCode())
        .isEqualTo(1);
  }

  @Test
  void no_panel_is_empty_for_a_prometheus_that_scrapes_a_program_at_work() throws IOException {
    try (RecordedSeries node = RecordedSeries.ofNode();
        RecordedSeries containers = RecordedSeries.ofContainers();
        Traffic traffic = new Traffic(installation)) {
      traffic.once();
      try (RunningPrometheus prometheus =
          RunningPrometheus.start(
              Map.of(
                  "127.0.0.1:18103", installation.demo().privateUrl().getAuthority(),
                  "127.0.0.1:9100", node.address(),
                  "127.0.0.1:8080", containers.address()))) {
        String trace = "aaaabbbbccccddddeeeeffff00003333";
        await()
            .atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(500))
            .untilAsserted(
                () -> {
                  traffic.once();
                  HttpResponse<String> traced =
                      client.postChat(
                          key,
                          Client.chat("gpt-4o-mini", 20, true, "Hello"),
                          "traceparent",
                          "00-" + trace + "-00f067aa0ba902b7-01");
                  assertThat(traced.statusCode()).isEqualTo(200);
                  assertThat(empty(prometheus)).isEmpty();
                  assertThat(prometheus.exemplars("tollgate_relay_request_duration_seconds_bucket"))
                      .asString()
                      .contains(trace);
                });
        assertThat(prometheus.values("no_such_metric")).isEmpty();
      }
    }
  }

  private static String metrics() {
    return client.get(installation.demo().privateUrl().resolve("/metrics")).body();
  }

  private static List<ContractMetrics.Kept> missing(String scraped) {
    return ContractMetrics.all().stream()
        .filter(
            kept ->
                scraped
                    .lines()
                    .noneMatch(
                        line ->
                            line.startsWith(kept.name() + (kept.labels().isEmpty() ? " " : "{"))
                                && kept.labels().stream()
                                    .allMatch(label -> line.matches(".*[{,]" + label + "=\".*"))))
        .toList();
  }

  private static List<Dashboards.Question> empty(RunningPrometheus prometheus) {
    return Dashboards.questions().stream()
        .filter(question -> prometheus.values(question.expression()).isEmpty())
        .toList();
  }

  @Test
  void each_response_of_a_realtime_session_has_its_steps_in_the_sessions_trace() {
    String trace = "aaaabbbbccccddddeeeeffff00004444";
    try (RealtimeCaller session =
        RealtimeCaller.open(
            installation.demo().publicUrl(),
            "/v1/realtime?model=gpt-realtime",
            "Authorization",
            "Bearer " + key,
            "traceparent",
            "00-" + trace + "-00f067aa0ba902b7-01")) {
      for (int response = 0; response < 2; response++) {
        assertThat(
                session
                    .response(
                        "{\"type\":\"response.create\",\"response\":{\"output_modalities\":[\"text\"]}}")
                    .required("status")
                    .asString())
            .isEqualTo("completed");
      }
    }
    List<Span> found =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> collector.spans(trace),
                spans ->
                    spans.size() >= 8
                        && spans.stream().anyMatch(span -> span.getName().startsWith("GET ")));
    Span whole =
        found.stream().filter(span -> span.getName().startsWith("GET ")).findFirst().orElseThrow();
    assertThat(found.stream().map(Span::getName).sorted())
        .containsExactly(
            "GET /v1/realtime",
            "ask provider",
            "ask provider",
            "look up key",
            "reserve",
            "reserve",
            "settle",
            "settle");
    assertThat(found)
        .filteredOn(span -> span != whole)
        .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(whole.getSpanId()))
        .allSatisfy(
            span ->
                assertThat(span.getEndTimeUnixNano())
                    .isBetween(span.getStartTimeUnixNano(), whole.getEndTimeUnixNano()));
    assertThat(found)
        .filteredOn(span -> span.getName().equals("settle"))
        .allSatisfy(
            span ->
                assertThat(attributes(span))
                    .containsEntry("tollgate.status", "200")
                    .containsKeys("gen_ai.usage.input_tokens", "tollgate.paid_units"));
    assertThat(found)
        .filteredOn(span -> span.getName().equals("ask provider"))
        .allSatisfy(
            span -> assertThat(attributes(span)).containsEntry("tollgate.outcome", "answered"));
  }

  /** The trace of a request that the failing provider was asked for first. */
  private static String failedOver(FailingProvider failing) {
    int[] asked = {0};
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              // another conversation each time, so that no account is stuck to
              int number = ++asked[0];
              String trace = "4bf92f3577b34da6a3ce929d%08x".formatted(number);
              int before = failing.traceparents().size();
              HttpResponse<String> answer =
                  client.postChat(
                      key,
                      Client.chat("gpt-4o-mini", 20, true, PROMPT.formatted(number)),
                      "traceparent",
                      "00-" + trace + "-00f067aa0ba902b7-01");
              assertThat(answer.statusCode()).isEqualTo(200);
              return failing.traceparents().size() > before ? trace : "";
            },
            trace -> !trace.isEmpty());
  }

  /** The spans of a trace by name, attempts with their outcome, once they are there. */
  private static Map<String, Span> spans(String trace, int count) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> collector.spans(trace), found -> found.size() >= count)
        .stream()
        .collect(Collectors.toMap(ObservedProgramTest::name, span -> span));
  }

  private static <T> T the(Map<String, T> found, String name) {
    return requireNonNull(found.get(name), name);
  }

  private static String name(Span span) {
    String outcome = attributes(span).get("tollgate.outcome");
    return outcome == null ? span.getName() : span.getName() + " " + outcome;
  }

  private static List<String> inOrder(Map<String, Span> spans) {
    return spans.values().stream()
        .sorted(
            java.util.Comparator.comparingLong(Span::getStartTimeUnixNano)
                .thenComparing(
                    java.util.Comparator.comparingLong(Span::getEndTimeUnixNano).reversed()))
        .map(ObservedProgramTest::name)
        .toList();
  }

  private static Map<String, String> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                each ->
                    each.getValue().hasStringValue()
                        ? each.getValue().getStringValue()
                        : each.getValue().hasIntValue()
                            ? Long.toString(each.getValue().getIntValue())
                            : Boolean.toString(each.getValue().getBoolValue())));
  }

  private static void requestLogHas(String trace, String requestId) {
    assertThat(logged("trace_id=" + trace).required("request_id").asString()).isEqualTo(requestId);
  }

  private static void logLinesHave(String trace, String span) throws IOException {
    List<String> lines =
        await()
            .atMost(Duration.ofSeconds(10))
            .until(
                () ->
                    Files.readString(
                            installation.dataDirectory().resolve("logs").resolve("tollgate.log"),
                            StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.contains("\"trace_id\":\"" + trace + "\""))
                        .toList(),
                found -> found.stream().anyMatch(line -> line.contains("passage recorded")));
    assertThat(lines).allMatch(line -> line.contains("\"span_id\":\"" + span + "\""));
  }

  /**
   * Neither the prompt, nor the caller's key, nor the account's, nor the collector's own secret.
   */
  private static void nothingSecretWasTold() {
    String told = collector.batches().toString();
    assertThat(told)
        .contains("tollgate.request_id")
        .doesNotContain("The prompt that nobody", key, "sk-failing", "collector-secret");
    assertThat(collector.authorizations()).containsOnly(SECRET);
  }

  private static JsonNode logged(String query) {
    String token = client.adminToken();
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                Client.json(
                        client.get(
                            client.url("/api/request-logs?" + query),
                            "Authorization",
                            "Bearer " + token))
                    .required("data"),
            rows -> rows.size() == 1)
        .required(0);
  }

  private static String id(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-Request-Id").orElseThrow();
  }

  private static String accountAt(String url) {
    return Client.json(
            send(
                "POST",
                "/api/provider-accounts",
                Map.of(
                    "provider",
                    "sandbox",
                    "name",
                    "fails",
                    "base_url",
                    url,
                    "keys",
                    List.of("sk-failing"),
                    "models",
                    List.of("gpt-4o-mini"),
                    "priority",
                    -5)))
        .required("data")
        .required("id")
        .asString();
  }

  private static void disable(String account) {
    var _ =
        send("PATCH", "/api/provider-accounts/" + account + "/toggle", Map.of("enabled", false));
  }

  private static HttpResponse<String> send(String method, String path, Map<String, ?> body) {
    return client.send(
        HttpRequest.newBuilder(client.url(path))
            .header("Authorization", "Bearer " + client.adminToken())
            .header("Content-Type", "application/json")
            .method(
                method, HttpRequest.BodyPublishers.ofString(Client.JSON.writeValueAsString(body)))
            .build());
  }
}
