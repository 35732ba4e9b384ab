package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.gateway.rig.GatewayRig;
import io.tollgate.relay.gateway.rig.TestUpstream;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class FailOverTest {
  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"}}],"
          + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}";

  private GatewayRig rig = new GatewayRig();
  private TestUpstream second = rig.upstream("second", 10);

  @AfterEach
  void close() {
    assertThat(rig.passages.faults).isEmpty();
    second.close();
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 403, 408, 409, 429, 500, 503, 302})
  void an_account_that_fails_hands_over_to_the_next(int status) {
    rig.upstream.answersJson(status, "{\"error\":{\"message\":\"no\"}}");
    second.answersJson(200, ANSWER);
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(ANSWER);
    var result = rig.passages.only().result();
    assertThat(result.attempts()).isEqualTo(2);
    assertThat(result.usage()).isEqualTo(TokenUsage.of(3, 1));
    assertThat(second.received.getFirst().headers().get("authorization"))
        .isEqualTo("Bearer key-of-second");
    assertThat(rig.counted("tollgate.relay.upstream.attempts", "result", "error_status"))
        .isEqualTo(1);
  }

  @Test
  void an_account_that_cannot_be_reached_hands_over_to_the_next() {
    rig.account("main", "http://127.0.0.1:1/v1", 0, false);
    second.answersJson(200, ANSWER);
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(200);
    assertThat(rig.passages.only().result().attempts()).isEqualTo(2);
  }

  @Test
  void a_connection_that_breaks_before_an_answer_hands_over_to_the_next() {
    rig.upstream.answers(
        request -> {
          var unused = request.connection().close();
        });
    second.answersJson(200, ANSWER);
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_answer_that_breaks_before_its_first_byte_hands_over_to_the_next(boolean stream) {
    rig.upstream.answers(
        request -> {
          request
              .response()
              .setChunked(true)
              .putHeader("content-type", stream ? "text/event-stream" : "application/json")
              .writeHead()
              .onSuccess(_ -> request.connection().close());
        });
    second.answersJson(200, ANSWER);
    assertThat(rig.chat(GatewayRig.request(stream, "")).statusCode()).isEqualTo(200);
    assertThat(rig.passages.only().result().attempts()).isEqualTo(2);
  }

  @Test
  void a_request_that_the_upstream_calls_wrong_goes_back_to_the_caller() {
    rig.upstream.answersJson(
        400,
        "{\"error\":{\"message\":\"bad temperature\",\"type\":\"invalid_request_error\","
            + "\"code\":\"bad\",\"param\":\"temperature\"}}");
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("bad temperature")
        .contains("\"param\":\"temperature\"")
        .contains("\"code\":\"bad\"");
    assertThat(second.received).isEmpty();
    var result = rig.passages.only().result();
    assertThat(result.usage()).isEqualTo(TokenUsage.NONE);
    assertThat(result.httpStatus()).isEqualTo(400);
  }

  @Test
  void after_all_tries_the_last_error_is_told_without_whose_account_it_was() {
    rig.upstream.answersJson(500, "{}");
    second.answers(
        request ->
            request
                .response()
                .setStatusCode(503)
                .putHeader("retry-after", "7")
                .putHeader("openai-organization", "org-secret")
                .end(
                    "{\"error\":{\"message\":\"overloaded, org-AbCdEf123456 of key"
                        + " sk-proj-abcdef123456\",\"type\":\"server_error\"}}"));
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("retry-after")).contains("7");
    assertThat(response.headers().map().toString()).doesNotContain("org-secret");
    assertThat(response.body())
        .contains("overloaded")
        .doesNotContain("AbCdEf123456")
        .doesNotContain("abcdef123456");
    assertThat(rig.passages.only().result().usage()).isEqualTo(TokenUsage.NONE);
    assertThat(rig.passages.only().result().attempts()).isEqualTo(2);
  }

  @Test
  void a_rate_limited_account_rests_and_with_all_of_them_resting_it_is_503() {
    for (TestUpstream one : new TestUpstream[] {rig.upstream, second}) {
      one.answers(
          request ->
              request.response().setStatusCode(429).putHeader("retry-after", "30").end("{}"));
    }
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(429);
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("\"code\":\"no_available_account\"");
    assertThat(Integer.parseInt(response.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(25, 30);
    assertThat(rig.upstream.received).hasSize(1);
    assertThat(second.received).hasSize(1);
    assertThat(rig.passages.opened.get(1).result().usage()).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void an_answer_that_is_compressed_unasked_hands_over_to_the_next() {
    rig.upstream.answers(
        request -> request.response().putHeader("content-encoding", "gzip").end("xxxx"));
    second.answersJson(200, ANSWER);
    assertThat(rig.upstream.received).isEmpty();
    assertThat(rig.chat(GatewayRig.request(false, "")).body()).isEqualTo(ANSWER);
    assertThat(rig.upstream.received.getFirst().headers().get("accept-encoding"))
        .isEqualTo("identity");
  }

  @Test
  void attempts_are_bounded() {
    second.close();
    rig.close();
    rig = new GatewayRig(Map.of("relay.attempts.max", "2"));
    second = rig.upstream("second", 10);
    try (TestUpstream third = rig.upstream("third", 20)) {
      rig.upstream.answersJson(500, "{}");
      second.answersJson(502, "{}");
      third.answersJson(200, ANSWER);
      assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(502);
      assertThat(third.received).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 401, 402, 403})
  void what_an_account_refuses_at_once_is_no_attempt(int status) {
    second.close();
    rig.close();
    rig = new GatewayRig(Map.of("relay.attempts.max", "1"));
    second = rig.upstream("second", 10);
    try (TestUpstream third = rig.upstream("third", 20)) {
      rig.upstream.answersJson(status, "{}");
      second.answersJson(429, "{}");
      third.answersJson(200, ANSWER);
      assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(200);
      assertThat(rig.passages.only().result().attempts()).isEqualTo(3);
    }
  }

  @Test
  void refusals_are_bounded_too() {
    second.close();
    rig.close();
    rig = new GatewayRig(Map.of("relay.attempts.max", "1", "relay.attempts.refused.max", "1"));
    second = rig.upstream("second", 10);
    try (TestUpstream third = rig.upstream("third", 20)) {
      rig.upstream.answersJson(429, "{}");
      second.answersJson(429, "{}");
      third.answersJson(200, ANSWER);
      assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(429);
      assertThat(third.received).isEmpty();
    }
  }

  @Test
  void an_upstream_that_cannot_be_reached_at_all_is_502() {
    rig.account("main", "http://127.0.0.1:1/v1", 0, false);
    rig.account("second", "http://127.0.0.1:1/v1", 0, false);
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).contains("\"code\":\"upstream_failed\"");
  }
}
