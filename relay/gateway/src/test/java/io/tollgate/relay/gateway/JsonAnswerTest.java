package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.gateway.rig.GatewayRig;
import io.tollgate.relay.gateway.rig.RawCaller;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class JsonAnswerTest {
  private static final String ANSWER =
      "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o-mini\","
          + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello"
          + " there\"},\"finish_reason\":\"stop\"}],\"unknown\":[1e3, 2]%s}";
  private static final String USAGE =
      ",\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":4},"
          + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}";
  private static final String REPORTED = ANSWER.formatted(USAGE);

  private GatewayRig rig = new GatewayRig();

  @AfterEach
  void close() {
    assertThat(rig.passages.faults).isEmpty();
    rig.close();
  }

  @Test
  void an_answer_passes_unchanged_and_is_recorded_as_reported() {
    rig.upstream.answersJson(200, REPORTED);
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ",\"max_tokens\":50"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(REPORTED);
    var passage = rig.passages.only();
    assertThat(passage.request.estimate().output()).isEqualTo(50);
    assertThat(passage.request.least()).isEqualTo(passage.request.estimate());
    assertThat(passage.request.estimate().input()).isBetween(8L, 20L);
    var result = passage.result();
    assertThat(result.usage()).isEqualTo(new TokenUsage(11, 4, 0, 7, 2));
    assertThat(result.reported()).isTrue();
    assertThat(result.httpStatus()).isEqualTo(200);
    assertThat(result.errorCode()).isEmpty();
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.upstreamAccount()).isPresent();
    assertThat(result.firstTokenMs()).isPresent();
    assertThat(rig.counted("tollgate.relay.requests", "outcome", "served")).isEqualTo(1);
    assertThat(rig.gateway.running()).isZero();
  }

  @Test
  void one_id_is_answered_charged_and_sent_upstream() {
    rig.upstream.answersJson(200, REPORTED);
    HttpResponse<String> response =
        rig.send(rig.post(GatewayRig.request(false, "")).header("X-Client-Request-Id", "mine-1"));
    String id = response.headers().firstValue("x-request-id").orElseThrow();
    assertThat(rig.passages.only().id().toString()).isEqualTo(id);
    assertThat(rig.passages.only().request.clientRequestId()).contains("mine-1");
    assertThat(rig.upstream.received.getFirst().headers().get("x-request-id")).isEqualTo(id);
    assertThat(response.headers().firstValue("x-client-request-id")).contains("mine-1");
  }

  @Test
  void the_upstream_gets_its_accounts_key_and_no_other_header_of_the_caller() {
    rig.upstream.answersJson(200, REPORTED);
    rig.send(
        rig.post(GatewayRig.request(false, ",\"custom\":{\"b\":1.50}"))
            .header("x-api-key", "sk-other")
            .header("Cookie", "a=b")
            .header("X-Sandbox", "latency_ms=1"));
    var received = rig.upstream.received.getFirst();
    assertThat(received.path()).isEqualTo("/v1/chat/completions");
    assertThat(received.headers().get("authorization")).isEqualTo("Bearer key-of-main");
    assertThat(received.headers().toString()).doesNotContain(rig.key);
    assertThat(received.headers().contains("x-api-key")).isFalse();
    assertThat(received.headers().contains("cookie")).isFalse();
    assertThat(received.headers().contains("x-sandbox")).isFalse();
    assertThat(received.body()).isEqualTo(GatewayRig.request(false, ",\"custom\":{\"b\":1.50}"));
  }

  @Test
  void a_sandbox_account_gets_the_callers_steering() {
    rig.account("main", rig.upstream.baseUrl(), 0, true);
    rig.upstream.answersJson(200, REPORTED);
    rig.send(rig.post(GatewayRig.request(false, "")).header("X-Sandbox", "latency_ms=1"));
    assertThat(rig.upstream.received.getFirst().headers().get("x-sandbox"))
        .isEqualTo("latency_ms=1");
  }

  @Test
  void an_answer_without_usage_is_charged_as_counted() {
    rig.upstream.answersJson(200, ANSWER.formatted(""));
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(200);
    var passage = rig.passages.only();
    assertThat(passage.result().reported()).isFalse();
    assertThat(passage.result().usage())
        .isEqualTo(TokenUsage.of(passage.request.estimate().input(), 2));
  }

  @Test
  void without_a_limit_of_its_own_the_estimate_is_the_cap_for_each_choice() {
    rig.upstream.answersJson(200, REPORTED);
    rig.chat(GatewayRig.request(false, ",\"n\":3"));
    assertThat(rig.passages.only().request.estimate().output()).isEqualTo(3 * 4096);
  }

  @Test
  void the_answer_goes_out_after_the_record_only() {
    rig.upstream.answersJson(200, REPORTED);
    CompletableFuture<String> gate = new CompletableFuture<>();
    rig.passages.recordGate = gate;
    var answer =
        rig.client()
            .sendAsync(rig.post(GatewayRig.request(false, "")).build(), BodyHandlers.ofString());
    await().until(() -> !rig.passages.opened.isEmpty() && !rig.passages.only().results.isEmpty());
    await()
        .during(java.time.Duration.ofMillis(200))
        .atMost(java.time.Duration.ofSeconds(5))
        .until(() -> !answer.isDone());
    gate.complete("");
    assertThat(answer.join().statusCode()).isEqualTo(200);
  }

  @Test
  void an_answer_that_cannot_be_booked_is_withheld() {
    rig.upstream.answersJson(200, REPORTED);
    rig.passages.recordGate = CompletableFuture.failedFuture(new IllegalStateException("no db"));
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).doesNotContain("Hello there").contains("service_unavailable");
    rig.passages.only().result();
  }

  @Test
  void an_answer_whose_booking_takes_too_long_is_withheld() {
    restart(Map.of("relay.money.ms", "300"));
    rig.upstream.answersJson(200, REPORTED);
    rig.passages.recordGate = new CompletableFuture<>();
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(503);
  }

  @Test
  void a_reservation_that_takes_too_long_is_503_and_given_back_when_it_comes() {
    restart(Map.of("relay.money.ms", "300"));
    CompletableFuture<String> gate = new CompletableFuture<>();
    rig.passages.openGate = gate;
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(503);
    gate.complete("");
    await()
        .untilAsserted(
            () -> assertThat(rig.passages.only().result().usage()).isEqualTo(TokenUsage.NONE));
    assertThat(rig.upstream.received).isEmpty();
  }

  @Test
  void without_means_nothing_goes_upstream_and_the_sdks_do_not_retry() {
    rig.passages.means = 10;
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ",\"max_tokens\":50"));
    assertThat(response.statusCode()).isEqualTo(402);
    assertThat(response.body()).contains("\"code\":\"insufficient_quota\"");
    assertThat(response.headers().firstValue("x-should-retry")).contains("false");
    assertThat(rig.upstream.received).isEmpty();
    assertThat(rig.gateway.running()).isZero();
  }

  @Test
  void without_means_can_be_429_by_setting() {
    restart(Map.of("relay.no.means.status", "429"));
    rig.passages.means = 10;
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ",\"max_tokens\":50"));
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.body()).contains("\"code\":\"insufficient_quota\"");
  }

  @Test
  void an_upstream_that_does_not_answer_in_time_is_504_and_free() {
    restart(Map.of("relay.upstream.head.ms", "300"));
    rig.upstream.answers(_ -> {});
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.statusCode()).isEqualTo(504);
    assertThat(response.body()).contains("\"code\":\"upstream_timeout\"");
    var result = rig.passages.only().result();
    assertThat(result.usage()).isEqualTo(TokenUsage.NONE);
    assertThat(result.errorCode()).isEqualTo(Optional.of("UPSTREAM_TIMEOUT"));
  }

  @Test
  void an_upstream_that_goes_silent_within_its_answer_is_504_and_free() {
    restart(Map.of("relay.upstream.idle.ms", "300"));
    rig.upstream.answers(
        request -> {
          request.response().setChunked(true).putHeader("content-type", "application/json");
          var unused = request.response().write("{\"id\":");
        });
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(504);
    assertThat(rig.passages.only().result().usage()).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void an_upstream_that_dies_within_its_answer_is_502_and_free() {
    rig.upstream.answers(
        request -> {
          request.response().setChunked(true).putHeader("content-type", "application/json");
          request.response().write("{\"id\":").onSuccess(_ -> request.connection().close());
        });
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).contains("\"code\":\"upstream_failed\"");
    assertThat(rig.passages.only().result().usage()).isEqualTo(TokenUsage.NONE);
    assertThat(rig.passages.only().result().attempts()).isEqualTo(1);
  }

  @Test
  void an_answer_over_the_limit_is_502_and_free() {
    restart(Map.of("relay.answer.limit", "1024"));
    rig.upstream.answersJson(200, "{\"pad\":\"" + "x".repeat(5000) + "\"}");
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(502);
    assertThat(rig.passages.only().result().usage()).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void more_requests_than_may_run_are_503() throws Exception {
    restart(Map.of("relay.in.flight.max", "1"));
    rig.upstream.answers(_ -> {});
    try (RawCaller first = rig.calling(GatewayRig.request(false, ""))) {
      await().until(() -> !rig.upstream.received.isEmpty());
      HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("retry-after")).contains("1");
      assertThat(first.available()).isZero();
    }
  }

  private void restart(Map<String, String> settings) {
    rig.close();
    rig = new GatewayRig(settings);
  }
}
