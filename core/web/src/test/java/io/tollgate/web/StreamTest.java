package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamTest {
  private final Queue<HttpServerResponse> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger hungUp = new AtomicInteger();

  private void declare(RouteTable table, int loop, Vertx vertx) {
    table.stream(
        HttpMethod.GET,
        "/stream",
        ErrorForms.standard(),
        (context, request) -> {
          HttpServerResponse response = request.response();
          response.setChunked(true);
          response.putHeader("Content-Type", "text/event-stream");
          response.closeHandler(unused -> hungUp.incrementAndGet());
          var unused = response.write("first\n");
          open.add(response);
        });
    table.stream(
        HttpMethod.GET,
        "/flood",
        ErrorForms.standard(),
        (context, request) -> {
          HttpServerResponse response = request.response();
          response.setChunked(true);
          response.closeHandler(unused -> hungUp.incrementAndGet());
          flood(response);
        });
    table.stream(
        HttpMethod.GET,
        "/broken",
        ErrorForms.standard(),
        (context, request) -> {
          throw new IllegalStateException("broken");
        });
    table.stream(
        HttpMethod.GET,
        "/loop",
        ErrorForms.standard(),
        (context, request) -> AnswerSender.send(request, Response.json(200, loop)));
  }

  private static void flood(HttpServerResponse response) {
    while (!response.writeQueueFull()) {
      var unused = response.write("a".repeat(100_000));
    }
    response.drainHandler(drained -> flood(response));
  }

  @Test
  void hang_up_of_a_streams_reader_is_noticed_and_counted() throws IOException {
    try (TestEdge edge = new TestEdge(this::declare)) {
      RawCaller caller = edge.caller();
      caller.get("/stream");
      assertThat(caller.line()).isEqualTo("HTTP/1.1 200 OK");
      caller.close();
      await().until(() -> hungUp.get() == 1);
      await()
          .untilAsserted(
              () ->
                  assertThat(edge.metrics.scrape())
                      .contains("path=\"/stream\",status=\"200\"} 1.0")
                      .contains("tollgate_http_requests_in_flight{server=\"public\"} 0.0"));
    }
  }

  @Test
  void reader_who_does_not_read_is_cut_off() throws IOException {
    try (TestEdge edge = new TestEdge(Map.of("http.write.stall.ms", "200"), this::declare);
        RawCaller caller = edge.caller()) {
      caller.get("/flood");
      await().until(() -> hungUp.get() == 1);
    }
  }

  @Test
  void stream_route_that_throws_is_answered_500() throws IOException {
    try (TestEdge edge = new TestEdge(this::declare);
        RawCaller caller = edge.caller()) {
      RawCaller.Answer answer = caller.get("/broken").answer();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("INTERNAL").doesNotContain("broken");
    }
  }

  @Test
  void connections_are_dealt_out_among_all_event_loops() throws IOException {
    try (TestEdge edge = new TestEdge(this::declare);
        RawCaller one = edge.caller();
        RawCaller two = edge.caller()) {
      assertThat(one.get("/loop").answer().body() + two.get("/loop").answer().body())
          .isIn("01", "10");
    }
  }

  @Test
  void stop_waits_for_a_running_stream_and_accepts_no_more() throws Exception {
    try (TestEdge edge = new TestEdge(this::declare)) {
      RawCaller running = edge.caller();
      RawCaller idle = edge.caller();
      running.get("/stream");
      assertThat(idle.get("/loop").answer().status()).isEqualTo(200);
      assertThat(running.line()).isEqualTo("HTTP/1.1 200 OK");
      await().until(() -> !open.isEmpty());
      int port = edge.server.port();

      CompletableFuture<Void> stopped =
          CompletableFuture.runAsync(() -> edge.server.stop(Duration.ofSeconds(20)));
      assertThat(idle.closed()).isTrue();
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> new RawCaller(port).close())
                      .isInstanceOf(ConnectException.class));
      assertThat(stopped).isNotDone();

      HttpServerResponse response = open.remove();
      edge.edge
          .vertx()
          .runOnContext(
              closed -> {
                var unused = response.end("last\n");
              });
      String line = running.line();
      while (!line.equals("last")) {
        line = running.line();
      }
      assertThat(running.line()).isEmpty();
      assertThat(running.line()).isEqualTo("0");
      await().until(stopped::isDone);
      running.close();
    }
  }
}
