package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final CountDownLatch RELEASED = new CountDownLatch(1);
  private static TestEdge edge;

  @BeforeAll
  static void open() {
    edge =
        new TestEdge(
            Map.of(
                "http.header.deadline.ms", "300",
                "http.body.deadline.ms", "300",
                "http.idle.ms", "600",
                "http.blocking.concurrent", "2",
                "http.blocking.waiting", "1"),
            LimitsTest::declare);
  }

  @AfterAll
  static void close() {
    RELEASED.countDown();
    edge.close();
  }

  private static void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(
        HttpMethod.POST, "/length", errors, request -> Response.json(200, request.body().length));
    table.blocking(
        HttpMethod.POST,
        "/large",
        errors,
        32L << 20,
        request -> Response.json(200, request.body().length));
    table.blocking(HttpMethod.GET, "/quick", errors, request -> Response.json(200, "quick"));
    table.blocking(
        HttpMethod.GET,
        "/held",
        errors,
        request -> {
          RELEASED.await();
          return Response.json(200, "released");
        });
    table.stream(
        HttpMethod.POST,
        "/stream",
        errors,
        (context, request) ->
            RequestBody.read(vertx, request, 1000, Duration.ofSeconds(5))
                .onSuccess(body -> AnswerSender.send(request, Response.json(200, body.length)))
                .onFailure(failure -> AnswerSender.refuse(context, request, errors, failure)));
  }

  @Test
  void ten_thousand_headers_are_431_and_the_connection_is_closed() throws IOException {
    StringBuilder request = new StringBuilder("GET /quick HTTP/1.1\r\nHost: test\r\n");
    for (int i = 0; i < 10_000; i++) {
      request.append("X-Header-").append(i).append(": value\r\n");
    }
    try (RawCaller caller = edge.caller()) {
      RawCaller.Answer answer = caller.send(request.append("\r\n").toString()).answer();
      assertThat(answer.status()).isEqualTo(431);
      assertThat(answer.body()).contains("HEADERS_TOO_LARGE").contains("65536 bytes");
      assertThat(answer.header("x-request-id")).isNotEmpty();
      assertThat(caller.closed()).isTrue();
    }
  }

  @Test
  void many_short_headers_are_431_too() throws IOException {
    try (RawCaller caller = edge.caller()) {
      RawCaller.Answer answer =
          caller
              .send("GET /quick HTTP/1.1\r\nHost: test\r\n" + "a: b\r\n".repeat(200) + "\r\n")
              .answer();
      assertThat(answer.status()).isEqualTo(431);
      assertThat(answer.body()).contains("too many headers: 201 (limit: 200)");
      assertThat(caller.closed()).isTrue();
    }
  }

  @Test
  void long_first_line_is_414() throws IOException {
    try (RawCaller caller = edge.caller()) {
      assertThat(caller.get("/" + "a".repeat(9000)).answer().status()).isEqualTo(414);
      assertThat(caller.closed()).isTrue();
    }
  }

  @Test
  void malformed_first_line_is_400_and_the_connection_is_closed() throws IOException {
    for (String line : new String[] {"nonsense", "GET", "\0\1\2", "GET /quick HTTP/9.9.9"}) {
      try (RawCaller caller = edge.caller()) {
        RawCaller.Answer answer = caller.send(line + "\r\n\r\n").answer();
        assertThat(answer.status()).as(line).isEqualTo(400);
        assertThat(answer.body()).contains("INVALID_REQUEST");
        assertThat(caller.closed()).isTrue();
      }
    }
  }

  @Test
  void header_that_is_dripped_for_ever_is_408() throws Exception {
    try (RawCaller caller = edge.caller();
        ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor()) {
      caller.send("GET /quick HTTP/1.1\r\nHost: test\r\nX: ");
      var unused =
          dripping.scheduleAtFixedRate(
              () -> {
                try {
                  caller.send("a");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              0,
              20,
              TimeUnit.MILLISECONDS);
      RawCaller.Answer answer = caller.answer();
      dripping.shutdownNow();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.body()).contains("REQUEST_TIMEOUT").contains("300 ms");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(caller.closed()).isTrue();
    }
  }

  @Test
  void second_request_that_is_dripped_on_a_kept_connection_is_408() throws IOException {
    try (RawCaller caller = edge.caller()) {
      assertThat(caller.get("/quick").answer().status()).isEqualTo(200);
      assertThat(caller.send("GET /qui").answer().status()).isEqualTo(408);
      assertThat(caller.closed()).isTrue();
    }
  }

  @Test
  void connection_that_says_nothing_is_closed() throws IOException {
    try (RawCaller silent = edge.caller();
        RawCaller idle = edge.caller()) {
      assertThat(idle.get("/quick").answer().status()).isEqualTo(200);
      assertThat(silent.answer().status()).isEqualTo(408);
      assertThat(idle.closed()).isTrue();
    }
  }

  @Test
  void body_that_does_not_come_is_408() throws IOException {
    try (RawCaller caller = edge.caller()) {
      caller.send("POST /length HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\nabc");
      RawCaller.Answer answer = caller.answer();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.body()).contains("the body did not arrive within 300 ms");
      assertThat(caller.closed()).isTrue();
    }
  }

  @Test
  void body_over_the_limit_is_413_even_while_the_caller_still_sends() throws IOException {
    byte[] part = new byte[1 << 20];
    try (TestEdge patient = new TestEdge(LimitsTest::declare);
        RawCaller caller = patient.caller()) {
      caller.send(
          "POST /large HTTP/1.1\r\nHost: test\r\nContent-Length: " + (40 << 20) + "\r\n\r\n");
      for (int i = 0; i < 40; i++) {
        caller.send(part);
      }
      RawCaller.Answer answer = caller.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body())
          .contains("BODY_TOO_LARGE")
          .contains("the body is too large (limit: 33554432 bytes)");
      assertThat(caller.closed()).isTrue();
    }
  }

  @Test
  void chunked_body_over_the_limit_is_413() throws IOException {
    byte[] part = new byte[1 << 20];
    try (TestEdge patient = new TestEdge(LimitsTest::declare);
        RawCaller caller = patient.caller()) {
      caller.send("POST /length HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 8; i++) {
        caller.send("100000\r\n").send(part).send("\r\n");
      }
      assertThat(caller.answer().status()).isEqualTo(413);
      assertThat(caller.closed()).isTrue();
    }
  }

  @Test
  void body_within_the_limit_is_read_whole_with_length_and_in_chunks() throws IOException {
    byte[] body = new byte[31 << 20];
    try (TestEdge patient = new TestEdge(LimitsTest::declare);
        RawCaller caller = patient.caller()) {
      caller.send(
          "POST /large HTTP/1.1\r\nHost: test\r\nContent-Length: " + body.length + "\r\n\r\n");
      assertThat(caller.send(body).answer().body()).isEqualTo(Integer.toString(body.length));
      caller.send("POST /length HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertThat(caller.send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").answer().body()).isEqualTo("5");
      caller.send("POST /stream HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\n\r\nabc");
      assertThat(caller.answer().body()).isEqualTo("3");
    }
  }

  @Test
  void malformed_chunk_is_400_and_the_connection_is_closed() throws IOException {
    try (RawCaller caller = edge.caller()) {
      caller.send(
          "POST /length HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n");
      RawCaller.Answer answer = caller.answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("MALFORMED_BODY");
      assertThat(caller.closed()).isTrue();
    }
  }

  @Test
  void caller_who_asks_first_is_told_to_go_on_or_refused_before_sending() throws IOException {
    try (RawCaller caller = edge.caller()) {
      caller.send(
          "POST /length HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
      assertThat(caller.answerWithoutBody().status()).isEqualTo(100);
      assertThat(caller.send("abc").answer().body()).isEqualTo("3");
      caller.send(
          "POST /length HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n");
      assertThat(caller.answer().status()).isEqualTo(413);
      assertThat(caller.closed()).isTrue();
    }
  }

  @Test
  void short_body_of_an_unknown_path_leaves_the_connection_usable() throws IOException {
    try (RawCaller caller = edge.caller()) {
      assertThat(caller.post("/nothing", "{\"a\":1}").answer().status()).isEqualTo(404);
      assertThat(caller.get("/quick").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void pipelined_requests_are_answered_in_order() throws IOException {
    try (RawCaller caller = edge.caller()) {
      caller.send(
          "GET /quick HTTP/1.1\r\nHost: test\r\n\r\nGET /nothing HTTP/1.1\r\nHost: test\r\n\r\n"
              + "POST /length HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\nabGET /quick HTTP/1.1\r\nHost: test\r\n\r\n");
      assertThat(caller.answer().body()).isEqualTo("\"quick\"");
      assertThat(caller.answer().status()).isEqualTo(404);
      assertThat(caller.answer().body()).isEqualTo("2");
      assertThat(caller.answer().body()).isEqualTo("\"quick\"");
    }
  }

  @Test
  void caller_who_hangs_up_in_the_middle_of_a_body_is_forgotten() throws IOException {
    RawCaller caller = edge.caller();
    caller.send("POST /length HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\nabc");
    caller.close();
    await()
        .untilAsserted(
            () ->
                assertThat(edge.metrics.scrape())
                    .contains(
                        "billing_http_requests_total{method=\"POST\",path=\"/length\",status=\"499\"} 1.0"));
  }

  @Test
  void blocking_requests_beyond_the_queue_are_503_with_retry_after() throws IOException {
    try (RawCaller first = edge.caller();
        RawCaller second = edge.caller();
        RawCaller third = edge.caller();
        RawCaller fourth = edge.caller()) {
      first.get("/held");
      second.get("/held");
      third.get("/held");
      await()
          .untilAsserted(
              () -> assertThat(edge.metrics.scrape()).contains("tollgate_blocking_admitted 3.0"));
      RawCaller.Answer answer = fourth.get("/quick").answer();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("retry-after")).isEqualTo("1");
      RELEASED.countDown();
      assertThat(first.answer().body()).isEqualTo("\"released\"");
      assertThat(second.answer().status()).isEqualTo(200);
      assertThat(third.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void bodies_beyond_what_all_may_hold_are_503_and_the_memory_is_given_back() throws IOException {
    byte[] large = new byte[1_000_000];
    try (TestEdge small =
            new TestEdge(
                Map.of("http.body.total.mib", "1", "http.body.address.percent", "100"),
                LimitsTest::declare);
        RawCaller first = small.caller();
        RawCaller second = small.caller()) {
      first
          .send("POST /length HTTP/1.1\r\nHost: test\r\nContent-Length: 1000001\r\n\r\n")
          .send(large);
      await()
          .untilAsserted(
              () ->
                  assertThat(small.metrics.scrape())
                      .containsPattern(
                          "tollgate_http_body_held_bytes\\{server=\"public\"} 100000[01].0"));
      second
          .send("POST /length HTTP/1.1\r\nHost: test\r\nContent-Length: 1000000\r\n\r\n")
          .send(large);
      RawCaller.Answer refused = second.answer();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("retry-after")).isEqualTo("1");
      assertThat(first.send("a").answer().body()).isEqualTo("1000001");
      await()
          .untilAsserted(
              () ->
                  assertThat(small.metrics.scrape())
                      .contains("tollgate_http_body_held_bytes{server=\"public\"} 0.0"));
    }
  }

  @Test
  void connections_beyond_the_limit_are_503_and_closed() throws IOException {
    try (TestEdge small =
        new TestEdge(
            Map.of("http.connections", "2", "http.connections.address.percent", "100"),
            LimitsTest::declare)) {
      try (RawCaller one = small.caller();
          RawCaller two = small.caller()) {
        assertThat(one.get("/quick").answer().status()).isEqualTo(200);
        assertThat(two.get("/quick").answer().status()).isEqualTo(200);
        try (RawCaller three = small.caller()) {
          RawCaller.Answer refused = three.answer();
          assertThat(refused.status()).isEqualTo(503);
          assertThat(refused.body()).contains("too many connections (limit: 2)");
          assertThat(three.closed()).isTrue();
        }
        assertThat(one.get("/quick").answer().status()).isEqualTo(200);
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(small.metrics.scrape())
                      .contains("tollgate_http_connections{server=\"public\"} 0.0")
                      .contains("tollgate_http_connections_refused_total{server=\"public\"} 1.0"));
      try (RawCaller four = small.caller()) {
        assertThat(four.get("/quick").answer().status()).isEqualTo(200);
      }
    }
  }
}
