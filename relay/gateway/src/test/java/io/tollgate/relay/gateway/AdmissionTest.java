package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.relay.gateway.rig.GatewayRig;
import io.tollgate.relay.gateway.rig.RawCaller;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before it costs anything. */
@Tag("slow")
class AdmissionTest {
  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";

  private GatewayRig rig = new GatewayRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, 'Bearer %s'",
    "Authorization, 'bearer %s'",
    "x-api-key, %s",
    "x-goog-api-key, %s"
  })
  void a_key_is_found_in_each_of_its_headers(String header, String value) {
    rig.upstream.answersJson(200, ANSWER);
    HttpResponse<String> response =
        rig.send(
            HttpRequest.newBuilder(rig.uri("/v1/chat/completions"))
                .header(header, value.formatted(rig.key))
                .POST(HttpRequest.BodyPublishers.ofString(GatewayRig.request(false, ""))));
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void a_key_is_found_in_the_query() {
    rig.upstream.answersJson(200, ANSWER);
    HttpResponse<String> response =
        rig.send(
            HttpRequest.newBuilder(rig.uri("/openai/v1/chat/completions?key=" + rig.key))
                .POST(HttpRequest.BodyPublishers.ofString(GatewayRig.request(false, ""))));
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/responses", "/openai/v1/responses", "/responses"})
  void responses_are_asked_for_below_the_prefixes_and_without_one(String path) {
    HttpResponse<String> response =
        rig.send(
            HttpRequest.newBuilder(rig.uri(path))
                .header("Authorization", "Bearer " + rig.key)
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"gpt-4o-mini\"}")));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("input: missing", "\"param\":\"input\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/models", "/chat/completions", "/other"})
  void nothing_else_is_served_without_a_prefix(String path) {
    HttpResponse<String> response = rig.send(HttpRequest.newBuilder(rig.uri(path)).GET());
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).doesNotContain("\"type\":\"invalid_request_error\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "Bearer sk-nonsense", "Basic abc", "Bearer \u00e9"})
  void without_a_good_key_it_is_401(String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(rig.uri("/v1/chat/completions"))
            .POST(HttpRequest.BodyPublishers.ofString(GatewayRig.request(false, "")));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<String> response = rig.send(request);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).contains("\"code\":\"invalid_api_key\"").doesNotContain("nonsense");
    assertThat(response.headers().firstValue("x-should-retry")).contains("false");
    assertThat(response.headers().firstValue("x-request-id")).isPresent();
    assertThat(rig.passages.opened).isEmpty();
  }

  @Test
  void the_fourth_request_of_three_a_minute_is_429() {
    rig.upstream.answersJson(200, ANSWER);
    String limited = rig.limitedKey(3);
    for (int i = 0; i < 4; i++) {
      HttpResponse<String> response =
          rig.send(
              rig.post(GatewayRig.request(false, ""))
                  .setHeader("Authorization", "Bearer " + limited));
      var headers = response.headers();
      assertThat(headers.firstValue("x-ratelimit-limit-requests")).contains("3");
      assertThat(headers.firstValue("x-ratelimit-remaining-requests"))
          .contains(String.valueOf(Math.max(0, 2 - i)));
      assertThat(headers.firstValue("x-ratelimit-reset-requests").orElse(""))
          .matches("[0-9]+ms|[0-9]+s|1m0s");
      if (i < 3) {
        assertThat(response.statusCode()).isEqualTo(200);
      } else {
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).contains("\"code\":\"rate_limit_exceeded\"");
        assertThat(Integer.parseInt(headers.firstValue("retry-after").orElseThrow()))
            .isBetween(1, 60);
      }
    }
    assertThat(rig.passages.opened).hasSize(3);
  }

  @Test
  void an_unknown_model_is_404() {
    HttpResponse<String> response =
        rig.chat(GatewayRig.request(false, "").replace(GatewayRig.MODEL, "gpt-nowhere"));
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .contains("\"code\":\"model_not_found\"")
        .contains("gpt-nowhere")
        .contains("\"param\":\"model\"");
    assertThat(rig.passages.opened).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "[]",
        "{\"model\":\"gpt-4o-mini\"}",
        "{\"messages\":[]}",
        "{\"model\":7,\"messages\":[]}",
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":0}"
      })
  void a_body_that_is_no_request_is_400(String body) {
    HttpResponse<String> response = rig.chat(body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"code\":\"invalid_request_error\"");
    assertThat(rig.passages.opened).isEmpty();
    assertThat(rig.gateway.running()).isZero();
  }

  @Test
  void a_body_over_the_limit_is_413_though_the_caller_still_sends() throws Exception {
    rig.close();
    rig = new GatewayRig(Map.of("relay.body.limit", "100000"));
    try (RawCaller caller = rig.caller()) {
      caller.send(head("Content-Length: 40000000"));
      String filler = "x".repeat(1 << 16);
      for (int i = 0; i < 20; i++) {
        caller.send(filler);
      }
      assertThat(caller.readUntil("invalid_request_error")).startsWith("HTTP/1.1 413");
    }
    try (RawCaller caller = rig.caller()) {
      caller.send(head("Transfer-Encoding: chunked"));
      for (int i = 0; i < 4; i++) {
        caller.send("8000\r\n" + "x".repeat(0x8000) + "\r\n");
      }
      assertThat(caller.readUntil("invalid_request_error")).startsWith("HTTP/1.1 413");
    }
    assertThat(rig.gateway.running()).isZero();
  }

  @Test
  void a_body_that_does_not_come_is_408() throws Exception {
    rig.close();
    rig = new GatewayRig(Map.of("relay.body.ms", "200"));
    try (RawCaller caller = rig.caller()) {
      caller.send(head("Content-Length: 100") + "{");
      assertThat(caller.readUntil("request_timeout")).startsWith("HTTP/1.1 408");
    }
    assertThat(rig.gateway.running()).isZero();
  }

  @Test
  void more_bytes_than_may_be_held_are_503() {
    rig.close();
    rig = new GatewayRig(Map.of("relay.memory.mib", "1"));
    HttpResponse<String> response =
        rig.chat(GatewayRig.request(false, ",\"pad\":\"" + "x".repeat(2 << 20) + "\""));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("retry-after")).contains("1");
    rig.upstream.answersJson(200, ANSWER);
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(200);
  }

  @Test
  void a_caller_who_waits_for_100_continue_gets_it() throws Exception {
    rig.upstream.answersJson(200, ANSWER);
    try (RawCaller caller = rig.caller()) {
      String body = GatewayRig.request(false, "");
      caller.send(head("Expect: 100-continue\r\nContent-Length: " + body.length()));
      caller.readUntil("HTTP/1.1 100 Continue\r\n\r\n");
      caller.send(body);
      assertThat(caller.readUntil("completion_tokens")).contains("HTTP/1.1 200");
    }
  }

  @Test
  void a_caller_who_hangs_up_within_the_body_leaves_nothing() throws Exception {
    try (RawCaller caller = rig.caller()) {
      caller.send(head("Content-Length: 100") + "{");
      org.awaitility.Awaitility.await().until(() -> rig.gateway.running() == 1);
      caller.hangUp();
    }
    org.awaitility.Awaitility.await().until(() -> rig.gateway.running() == 0);
    assertThat(rig.passages.opened).isEmpty();
  }

  @Test
  void unknown_paths_and_wrong_methods_are_told_in_the_protocol() {
    HttpResponse<String> unknown = rig.send(HttpRequest.newBuilder(rig.uri("/v1/nothing")).GET());
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("{\"error\":{\"message\":");
    HttpResponse<String> wrong =
        rig.send(HttpRequest.newBuilder(rig.uri("/v1/chat/completions")).GET());
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.headers().firstValue("allow").orElse("")).contains("POST");
    assertThat(wrong.body()).contains("{\"error\":{\"message\":");
  }

  @Test
  void models_are_listed_for_whoever_has_a_key() {
    for (String path : new String[] {"/v1/models", "/openai/v1/models"}) {
      HttpResponse<String> list = rig.send(get(path));
      assertThat(list.statusCode()).isEqualTo(200);
      assertThat(list.body())
          .startsWith("{\"object\":\"list\",\"data\":[")
          .contains("{\"id\":\"gpt-4o-mini\",\"object\":\"model\",\"created\":");
    }
    HttpResponse<String> one = rig.send(get("/v1/models/gpt-4o-mini"));
    assertThat(one.statusCode()).isEqualTo(200);
    assertThat(one.body()).startsWith("{\"id\":\"gpt-4o-mini\",\"object\":\"model\"");
    assertThat(rig.send(get("/v1/models/gpt-nowhere")).statusCode()).isEqualTo(404);
    HttpResponse<String> without = rig.send(HttpRequest.newBuilder(rig.uri("/v1/models")).GET());
    assertThat(without.statusCode()).isEqualTo(401);
  }

  private HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(rig.uri(path)).header("Authorization", "Bearer " + rig.key).GET();
  }

  private String head(String more) {
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer "
        + rig.key
        + "\r\n"
        + more
        + "\r\n\r\n";
  }
}
