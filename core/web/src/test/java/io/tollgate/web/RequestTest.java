package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RequestTest {
  private static TestEdge edge;

  @BeforeAll
  static void open() {
    edge = new TestEdge(RequestTest::declare);
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  private static void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(
        HttpMethod.GET,
        "/api/users/{user_id}",
        errors,
        request ->
            Response.json(
                200,
                Map.of(
                    "user",
                    request.pathParam("user_id"),
                    "query",
                    request.queryAll("q"),
                    "virtual",
                    Thread.currentThread().isVirtual())));
    table.blocking(HttpMethod.GET, "/api/users/me", errors, request -> Response.json(200, "me"));
    table.blocking(
        HttpMethod.POST, "/api/echo", errors, request -> Response.json(200, request.json()));
    table.blocking(
        HttpMethod.POST,
        "/v1beta/models/{model}:{action}",
        errors,
        request ->
            Response.json(200, request.pathParam("model") + "|" + request.pathParam("action")));
    table.blocking(
        HttpMethod.GET,
        "/api/refused",
        errors,
        request -> {
          throw new Refusal(ErrorCode.RATE_LIMITED, "too many")
              .withDetails("wait")
              .withRetryAfter(Duration.ofMillis(1500));
        });
    table.blocking(
        HttpMethod.GET,
        "/api/broken",
        errors,
        request -> {
          throw new IllegalStateException("the password is hunter2");
        });
    table.stream(
        HttpMethod.GET,
        "/stream/{name}",
        errors,
        (context, request) ->
            AnswerSender.send(request, Response.json(200, context.pathParam("name"))));
    table.stream(
        HttpMethod.GET,
        "/stream/" + RouteTable.BELOW,
        errors,
        (context, request) -> AnswerSender.send(request, Response.json(200, context.route())));
    table.fallback("/admin", ErrorForms.admin());
  }

  @Test
  void blocking_route_sees_decoded_path_and_query_on_a_virtual_thread() throws IOException {
    try (RawCaller caller = edge.caller()) {
      RawCaller.Answer answer = caller.get("/api/users/a%2Fb%20c?q=1&q=a+b%26").answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-type")).isEqualTo("application/json");
      assertThat(Json.read(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
          .isEqualTo(
              Json.MAPPER.readTree(
                  "{\"user\":\"a/b c\",\"query\":[\"1\",\"a b&\"],\"virtual\":true}"));
    }
  }

  @Test
  void literal_segment_wins_over_a_parameter() throws IOException {
    try (RawCaller caller = edge.caller()) {
      assertThat(caller.get("/api/users/me").answer().body()).isEqualTo("\"me\"");
    }
  }

  @Test
  void route_for_everything_below_takes_what_no_other_fits() throws IOException {
    try (RawCaller caller = edge.caller()) {
      assertThat(caller.get("/stream/a").answer().body()).isEqualTo("\"a\"");
      for (String path : new String[] {"/stream/", "/stream/a/b", "/stream/a/", "/stream//"}) {
        assertThat(caller.get(path).answer().body()).as(path).isEqualTo("\"/stream/**\"");
      }
      assertThat(caller.get("/stream").answer().status()).isEqualTo(404);
      assertThat(caller.post("/stream/a/b", "{}").answer().status()).isEqualTo(405);
    }
  }

  @Test
  void segment_with_two_parameters_is_divided_at_the_last_colon() throws IOException {
    try (RawCaller caller = edge.caller()) {
      assertThat(caller.post("/v1beta/models/a:b:generate", "{}").answer().body())
          .isEqualTo("\"a:b|generate\"");
      assertThat(caller.post("/v1beta/models/a:", "{}").answer().status()).isEqualTo(404);
    }
  }

  @Test
  void stream_route_answers_on_the_event_loop() throws IOException {
    try (RawCaller caller = edge.caller()) {
      assertThat(caller.get("/stream/x").answer().body()).isEqualTo("\"x\"");
    }
  }

  @Test
  void every_answer_has_an_id_made_by_us_and_the_callers_own_beside_it() throws IOException {
    try (RawCaller caller = edge.caller()) {
      RawCaller.Answer first =
          caller
              .send("GET /api/users/1 HTTP/1.1\r\nHost: test\r\nX-Request-Id: mine-1\r\n\r\n")
              .answer();
      RawCaller.Answer second =
          caller
              .send(
                  "GET /nothing HTTP/1.1\r\nHost: test\r\nX-Client-Request-Id: mine-2\r\nX-Request-Id: x\r\n\r\n")
              .answer();
      RawCaller.Answer third =
          caller
              .send("GET /api/users/1 HTTP/1.1\r\nHost: test\r\nX-Client-Request-Id: a b\r\n\r\n")
              .answer();
      assertThat(first.header("x-client-request-id")).isEqualTo("mine-1");
      assertThat(second.header("x-client-request-id")).isEqualTo("mine-2");
      assertThat(third.headers()).doesNotContainKey("x-client-request-id");
      ChargeId one = ChargeId.parse(first.header("x-request-id"));
      ChargeId two = ChargeId.parse(second.header("x-request-id"));
      assertThat(one).isNotEqualTo(two);
      assertThat(one.value().version()).isEqualTo(7);
    }
  }

  @Test
  void refusal_is_answered_in_the_interfaces_form_with_whole_seconds_to_wait() throws IOException {
    try (RawCaller caller = edge.caller()) {
      RawCaller.Answer answer = caller.get("/api/refused").answer();
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("retry-after")).isEqualTo("2");
      assertThat(answer.body())
          .isEqualTo(
              "{\"error\":\"too many\",\"code\":\"RATE_LIMITED\",\"details\":\"wait\",\"request_id\":\""
                  + answer.header("x-request-id")
                  + "\"}");
    }
  }

  @Test
  void fault_of_ours_is_answered_without_its_text() throws IOException {
    try (RawCaller caller = edge.caller()) {
      RawCaller.Answer answer = caller.get("/api/broken").answer();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("\"INTERNAL\"").doesNotContain("hunter2");
    }
  }

  @Test
  void unknown_path_is_404_in_the_form_of_the_longest_prefix() throws IOException {
    try (RawCaller caller = edge.caller()) {
      assertThat(caller.get("/nothing").answer().body())
          .contains("\"code\":\"NOT_FOUND\"")
          .doesNotContain("\"detail\"");
      RawCaller.Answer admin = caller.get("/admin/nothing").answer();
      assertThat(admin.status()).isEqualTo(404);
      assertThat(admin.body()).contains("\"detail\":\"no such path: GET /admin/nothing\"");
      assertThat(caller.get("/api/users/").answer().status()).isEqualTo(404);
      assertThat(caller.get("//api/users/1").answer().status()).isEqualTo(404);
    }
  }

  @Test
  void wrong_method_is_405_with_allow() throws IOException {
    try (RawCaller caller = edge.caller()) {
      RawCaller.Answer answer =
          caller.send("DELETE /api/users/1 HTTP/1.1\r\nHost: test\r\n\r\n").answer();
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
      assertThat(answer.body()).contains("METHOD_NOT_ALLOWED");
      RawCaller.Answer posted = caller.post("/api/users/1", "{}").answer();
      assertThat(posted.status()).isEqualTo(405);
      assertThat(caller.get("/api/users/2").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void head_is_get_without_a_body_and_options_says_what_is_allowed() throws IOException {
    try (RawCaller caller = edge.caller()) {
      RawCaller.Answer head =
          caller.send("HEAD /api/users/me HTTP/1.1\r\nHost: test\r\n\r\n").answerWithoutBody();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-length")).isEqualTo("4");
      RawCaller.Answer options =
          caller.send("OPTIONS /api/echo HTTP/1.1\r\nHost: test\r\n\r\n").answer();
      assertThat(options.status()).isEqualTo(204);
      assertThat(options.header("allow")).isEqualTo("POST, OPTIONS");
      assertThat(caller.send("OPTIONS * HTTP/1.1\r\nHost: test\r\n\r\n").answer().status())
          .isEqualTo(204);
    }
  }

  @Test
  void body_that_is_not_json_is_400_saying_where() throws IOException {
    try (RawCaller caller = edge.caller()) {
      RawCaller.Answer answer = caller.post("/api/echo", "{\"a\": nope}").answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("MALFORMED_BODY").contains("line 1");
      assertThat(caller.post("/api/echo", "").answer().body()).contains("the body is empty");
      assertThat(caller.post("/api/echo", "{} {}").answer().status()).isEqualTo(400);
    }
  }

  @Test
  void bad_percent_encoding_is_400_and_the_query_is_not_shown() throws IOException {
    try (RawCaller caller = edge.caller()) {
      assertThat(caller.get("/api/users/%zz").answer().status()).isEqualTo(400);
      assertThat(caller.get("/api/users/%ff").answer().status()).isEqualTo(400);
      RawCaller.Answer query = caller.get("/api/users/1?key=secret%4").answer();
      assertThat(query.status()).isEqualTo(400);
      assertThat(query.body()).doesNotContain("secret");
    }
  }
}
