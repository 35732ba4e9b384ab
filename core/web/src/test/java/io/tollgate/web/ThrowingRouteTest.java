package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is thrown wherever ends the exchange and gives everything back (S01). */
class ThrowingRouteTest {
  private static final AtomicInteger REACHED = new AtomicInteger();
  private static TestEdge edge;

  @BeforeAll
  static void open() {
    edge = new TestEdge(ThrowingRouteTest::declare);
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  @AfterEach
  void nothing_is_held() {
    await()
        .untilAsserted(
            () ->
                assertThat(edge.metrics.scrape())
                    .contains("tollgate_http_requests_in_flight{server=\"public\"} 0.0")
                    .contains("tollgate_http_body_held_bytes{server=\"public\"} 0.0")
                    .contains("tollgate_http_connections{server=\"public\"} 0.0")
                    .contains("tollgate_blocking_admitted 0.0"));
  }

  private static void declare(RouteTable table, int loop, Vertx vertx) {
    stream(table, vertx, "/at-once", (vert, request) -> fail());
    stream(table, vertx, "/error", (vert, request) -> failBadly());
    stream(table, vertx, "/overflow", (vert, request) -> overflow(1));
    stream(table, vertx, "/paused", (vert, request) -> failAfter(request.pause()));
    stream(table, vertx, "/body", (vert, request) -> request.handler(part -> fail()));
    stream(table, vertx, "/end", (vert, request) -> request.endHandler(end -> fail()));
    stream(
        table,
        vertx,
        "/reading",
        (vert, request) ->
            RequestBody.read(vert, request, 1000, Duration.ofSeconds(5)).onSuccess(body -> fail()));
    stream(table, vertx, "/timer", (vert, request) -> vert.setTimer(20, timer -> fail()));
    stream(
        table,
        vertx,
        "/thread",
        (vert, request) -> vert.executeBlocking(() -> "x").onSuccess(done -> fail()));
    stream(
        table,
        vertx,
        "/half",
        (vert, request) -> {
          Future<Void> unused = request.response().setChunked(true).write(Buffer.buffer("half"));
          vert.runOnContext(later -> fail());
        });
    stream(
        table,
        vertx,
        "/bad-header",
        (vert, request) -> {
          request.endHandler(
              end ->
                  AnswerSender.send(
                      request, Response.json(200, "x").withHeader("X-A", "line\r\nline")));
        });
    ErrorForm errors = ErrorForms.standard();
    table.blocking(
        HttpMethod.POST,
        "/blocking",
        errors,
        request -> {
          throw new IllegalStateException("thrown");
        });
    table.blocking(
        HttpMethod.POST,
        "/blocking-error",
        errors,
        request -> {
          throw new AssertionError("thrown");
        });
    table.blocking(
        HttpMethod.POST,
        "/blocking-header",
        errors,
        request -> Response.json(200, "x").withHeader("X-A\r\n", "b"));
    table.blocking(
        HttpMethod.POST,
        "/form",
        (refusal, requestId) -> {
          throw new IllegalStateException("thrown");
        },
        request -> {
          throw new IllegalStateException("thrown");
        });
    table.blocking(
        HttpMethod.POST, "/fine", errors, request -> Response.json(200, REACHED.incrementAndGet()));
    stream(table, vertx, "/fine-stream", (vert, request) -> REACHED.incrementAndGet());
    table.blocking(
        HttpMethod.POST,
        "/path/{name}",
        errors,
        request -> Response.json(200, REACHED.incrementAndGet()));
    table.fallback("/admin", ErrorForms.admin());
    table.blocking(
        HttpMethod.POST,
        "/admin/path",
        ErrorForms.admin(),
        request -> Response.json(200, REACHED.incrementAndGet()));
  }

  private static void stream(
      RouteTable table, Vertx vertx, String path, BiConsumer<Vertx, HttpServerRequest> body) {
    table.stream(
        HttpMethod.POST,
        path,
        ErrorForms.standard(),
        (context, request) -> body.accept(vertx, request));
  }

  private static void fail() {
    throw new IllegalStateException("thrown");
  }

  private static void failAfter(Object unused) {
    fail();
  }

  private static void failBadly() {
    throw new AssertionError("thrown");
  }

  private static int overflow(int deep) {
    return deep < 0 ? 0 : overflow(deep + 1) + 1;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/at-once",
        "/error",
        "/overflow",
        "/paused",
        "/body",
        "/end",
        "/reading",
        "/timer",
        "/thread",
        "/bad-header",
        "/blocking",
        "/blocking-error",
        "/blocking-header"
      })
  void whatever_is_thrown_is_answered_500(String path) throws IOException {
    try (RawCaller caller = edge.caller()) {
      RawCaller.Answer answer = caller.post(path, "{\"a\":1}").answer();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("\"INTERNAL\"").doesNotContain("thrown");
      assertThat(answer.header("x-request-id")).isNotEmpty();
      assertThat(answer.headers()).doesNotContainKey("x-a");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/half", "/form"})
  void what_cannot_be_answered_any_more_is_cut_off(String path) throws IOException {
    try (RawCaller caller = edge.caller()) {
      caller.post(path, "{\"a\":1}");
      assertThat(caller.rest()).doesNotContain("thrown");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fine?key=%zz",
        "/fine?key=%4",
        "/fine?key=%",
        "/fine?%zz=a",
        "/fine?a=b&c=%ff",
        "/fine-stream?key=%zz",
        "/fine-stream?key=%e4",
        "/path/a?key=%zz",
        "/path/%zz",
        "/path/%",
        "/path/%c3%28",
        "/admin/path?key=%zz",
        "/admin/%zz",
        "/%zz",
        "/nothing/%zz",
        "http://a/fine?key=%zz",
      })
  void bad_escape_anywhere_is_400_before_any_route_runs(String target) throws IOException {
    int before = REACHED.get();
    for (int i = 0; i < 20; i++) {
      try (RawCaller caller = edge.caller()) {
        RawCaller.Answer answer = caller.post(target, "{}").answer();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("INVALID_REQUEST").doesNotContain("zz");
        if (target.startsWith("/admin")) {
          assertThat(answer.body()).contains("\"detail\"");
        }
        assertThat(caller.post("/path/a%20b?a=%20+b&&=", "{}").answer().status()).isEqualTo(200);
      }
    }
    assertThat(REACHED).hasValue(before + 20);
  }

  @Test
  void caller_who_hangs_up_while_a_thread_works_on_its_body_is_counted_until_it_is_done()
      throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (TestEdge own =
        new TestEdge(
            (table, loop, vertx) ->
                table.blocking(
                    HttpMethod.POST,
                    "/held",
                    ErrorForms.standard(),
                    request -> {
                      release.await();
                      return Response.empty(204);
                    }))) {
      try (RawCaller caller = own.caller()) {
        caller.post("/held", "x".repeat(100_000));
        await()
            .untilAsserted(
                () -> assertThat(own.metrics.scrape()).contains("tollgate_blocking_admitted 1.0"));
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(own.metrics.scrape())
                      .contains("tollgate_http_connections{server=\"public\"} 0.0"));
      assertThat(own.metrics.scrape())
          .contains("tollgate_http_body_held_bytes{server=\"public\"} 100000.0");
      release.countDown();
      await()
          .untilAsserted(
              () ->
                  assertThat(own.metrics.scrape())
                      .contains("tollgate_http_body_held_bytes{server=\"public\"} 0.0"));
    }
  }
}
