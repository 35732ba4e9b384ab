package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser asks and is answered when a page of another origin calls us (B21). */
class BrowserOriginsTest {
  private static final String APP = "https://app.example.com";
  private static TestEdge edge;

  @BeforeAll
  static void open() {
    edge =
        new TestEdge(
            Map.of("cors.origins", APP + ", http://localhost:5173"), BrowserOriginsTest::declare);
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  private static void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.openToBrowsers("/v1");
    table.fallback("/v1", errors);
    table.blocking(
        HttpMethod.POST,
        "/v1/chat",
        errors,
        request -> {
          if (request.bearerToken().isEmpty()) {
            throw new Refusal(ErrorCode.INVALID_API_KEY, "the key is unknown");
          }
          return Response.json(200, "answer")
              .withHeader("x-ratelimit-remaining-requests", "2")
              .withHeader("X-Tollgate-Cost", "0.1");
        });
    table.blocking(
        HttpMethod.GET,
        "/v1/limited",
        errors,
        request -> {
          throw new Refusal(ErrorCode.RATE_LIMITED, "too many")
              .withRetryAfter(Duration.ofSeconds(3));
        });
    table.stream(
        HttpMethod.POST,
        "/v1/stream",
        errors,
        (context, request) -> {
          Future<Void> unused =
              request
                  .response()
                  .setChunked(true)
                  .putHeader("Content-Type", "text/event-stream")
                  .write(Buffer.buffer("data: 1\n\n"));
          unused = request.response().end("data: [DONE]\n\n");
        });
    table.blocking(HttpMethod.GET, "/api/admin", errors, request -> Response.json(200, "admin"));
  }

  private static RawCaller.Answer ask(String head) throws IOException {
    try (RawCaller caller = edge.caller()) {
      return caller.send(head + "\r\nHost: a\r\n\r\n").answer();
    }
  }

  private static String preflight(String path, String origin) {
    return "OPTIONS "
        + path
        + " HTTP/1.1\r\nOrigin: "
        + origin
        + "\r\nAccess-Control-Request-Method: POST\r\n"
        + "Access-Control-Request-Headers: authorization,content-type,x-stainless-lang";
  }

  @Test
  void page_of_an_allowed_origin_asks_and_then_calls_as_a_browser_does() throws IOException {
    RawCaller.Answer asked = ask(preflight("/v1/chat", APP));
    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.headers())
        .containsEntry("access-control-allow-origin", APP)
        .containsEntry(
            "access-control-allow-headers", "authorization,content-type,x-stainless-lang")
        .containsEntry("access-control-max-age", "600")
        .doesNotContainKey("access-control-allow-credentials");
    assertThat(asked.header("access-control-allow-methods")).contains("POST");
    assertThat(asked.header("vary")).contains("Origin");

    RawCaller.Answer called =
        ask(
            "POST /v1/chat HTTP/1.1\r\nOrigin: "
                + APP
                + "\r\nAuthorization: Bearer k\r\nContent-Length: 0");
    assertThat(called.status()).isEqualTo(200);
    assertThat(called.headers())
        .containsEntry("access-control-allow-origin", APP)
        .containsEntry("vary", "origin")
        .doesNotContainKey("access-control-allow-credentials");
    assertThat(called.header("access-control-expose-headers").toLowerCase(Locale.ROOT))
        .contains(
            "x-request-id", "retry-after", "x-ratelimit-remaining-requests", "x-tollgate-cost");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/chat HTTP/1.1\r\nContent-Length: 0|401",
        "GET /v1/nothing HTTP/1.1|404",
        "DELETE /v1/chat HTTP/1.1|405",
        "GET /v1/limited HTTP/1.1|429",
        "GET /v1/chat?%zz HTTP/1.1|405",
        "POST /v1/chat?%zz HTTP/1.1\r\nContent-Length: 0|400",
        "POST /v1/chat HTTP/1.1\r\nContent-Length: 99999999|413",
        "POST /v1/chat HTTP/1.1\r\nTransfer-Encoding: gzip|400",
        "POST /v1/chat HTTP/1.1\r\nHost: b|400"
      })
  void errors_can_be_read_by_the_page_too(String line) throws IOException {
    String[] parts = line.split("\\|");
    RawCaller.Answer answer = ask(parts[0] + "\r\nOrigin: " + APP);
    assertThat(answer.status()).isEqualTo(Integer.parseInt(parts[1]));
    assertThat(answer.headers()).containsEntry("access-control-allow-origin", APP);
    assertThat(answer.header("access-control-expose-headers")).contains("X-Request-Id");
  }

  @Test
  void malformed_body_can_be_read_by_the_page_too() throws IOException {
    try (RawCaller caller = edge.caller()) {
      RawCaller.Answer answer =
          caller
              .send(
                  "POST /v1/chat HTTP/1.1\r\nHost: a\r\nOrigin: "
                      + APP
                      + "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
              .answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.headers()).containsEntry("access-control-allow-origin", APP);
    }
  }

  @Test
  void stream_can_be_read_by_the_page() throws IOException {
    RawCaller.Answer answer =
        ask("POST /v1/stream HTTP/1.1\r\nOrigin: http://localhost:5173\r\nContent-Length: 0");
    assertThat(answer.headers())
        .containsEntry("access-control-allow-origin", "http://localhost:5173")
        .containsKey("access-control-expose-headers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com",
        "https://app.example.com.evil.com",
        "https://app.example.com:8443",
        "http://app.example.com",
        "https://app.example.com/",
        "null",
        "*",
        ""
      })
  void page_of_another_origin_is_granted_nothing(String origin) throws IOException {
    assertThat(ask(preflight("/v1/chat", origin)).headers())
        .doesNotContainKeys("access-control-allow-origin", "access-control-allow-headers");
    RawCaller.Answer called =
        ask("POST /v1/chat HTTP/1.1\r\nOrigin: " + origin + "\r\nContent-Length: 0");
    assertThat(called.headers())
        .doesNotContainKeys("access-control-allow-origin", "access-control-expose-headers")
        .containsEntry("vary", "origin");
  }

  @Test
  void other_interfaces_stay_closed() throws IOException {
    for (String head :
        new String[] {
          preflight("/api/admin", APP),
          "GET /api/admin HTTP/1.1\r\nOrigin: " + APP,
          preflight("/v12/chat", APP)
        }) {
      assertThat(ask(head).headers()).doesNotContainKeys("access-control-allow-origin", "vary");
    }
  }

  @Test
  void requested_headers_that_are_none_are_not_echoed() throws IOException {
    RawCaller.Answer answer =
        ask(
            "OPTIONS /v1/chat HTTP/1.1\r\nOrigin: "
                + APP
                + "\r\nAccess-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: a<script>:b");
    assertThat(answer.headers()).doesNotContainKey("access-control-allow-headers");
  }

  @Test
  void nothing_is_granted_where_nothing_is_set_and_a_star_is_for_all() throws IOException {
    try (TestEdge closed = new TestEdge(BrowserOriginsTest::declare);
        TestEdge open = new TestEdge(Map.of("cors.origins", "*"), BrowserOriginsTest::declare);
        RawCaller closedCaller = closed.caller();
        RawCaller openCaller = open.caller()) {
      assertThat(
              closedCaller
                  .send(preflight("/v1/chat", APP) + "\r\nHost: a\r\n\r\n")
                  .answer()
                  .headers())
          .doesNotContainKeys("access-control-allow-origin", "vary");
      assertThat(
              openCaller
                  .send(preflight("/v1/chat", "null") + "\r\nHost: a\r\n\r\n")
                  .answer()
                  .headers())
          .containsEntry("access-control-allow-origin", "*");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.example.com",
        "https://a/b",
        "https://a/",
        "ftp://a",
        "https://a, *b",
        "null"
      })
  void what_is_no_origin_is_refused_at_the_start(String text) {
    assertThatThrownBy(
            () ->
                Settings.merge(
                    WebConfig.settings(),
                    Map.of(),
                    Map.of("cors.origins", text),
                    Map.of(),
                    Map.of(),
                    "file"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("cors.origins")
        .hasMessageContaining("https://app.example.com");
  }
}
