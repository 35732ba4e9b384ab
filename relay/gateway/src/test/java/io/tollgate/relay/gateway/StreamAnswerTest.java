package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.gateway.rig.GatewayRig;
import io.tollgate.relay.gateway.rig.RawCaller;
import io.tollgate.relay.gateway.rig.StreamChunks;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class StreamAnswerTest {
  /** As the gateway writes what the upstream said, without whatever else stood there. */
  private static final String OVERLOADED =
      "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\",\"param\":null,"
          + "\"code\":\"upstream_failed\"}}\n\n";

  private static final String WANTS_USAGE = ",\"stream_options\":{\"include_usage\":true}";
  private static final String HELLO =
      StreamChunks.content("Hel") + StreamChunks.content("lo") + StreamChunks.FINISH;

  private GatewayRig rig = new GatewayRig();

  @AfterEach
  void close() {
    assertThat(rig.passages.faults).isEmpty();
    rig.close();
  }

  @Test
  void a_stream_passes_unchanged_and_is_recorded_as_reported() {
    String whole = HELLO + StreamChunks.usage(9, 2) + StreamChunks.DONE;
    rig.upstream.answers(request -> stream(request).end(whole));
    HttpResponse<String> response = rig.chat(GatewayRig.request(true, WANTS_USAGE));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(response.body()).isEqualTo(whole);
    var passage = rig.passages.only();
    assertThat(passage.result().usage()).isEqualTo(TokenUsage.of(9, 2));
    assertThat(passage.result().reported()).isTrue();
    assertThat(passage.result().firstTokenMs()).isPresent();
    assertThat(passage.request.stream()).isTrue();
    assertThat(passage.request.least().output()).isEqualTo(256);
  }

  @Test
  void the_time_to_the_first_content_of_a_stream_is_measured() {
    rig.upstream.answers(
        request -> stream(request).end(HELLO + StreamChunks.usage(9, 2) + StreamChunks.DONE));
    assertThat(rig.chat(GatewayRig.request(true, "")).statusCode()).isEqualTo(200);
    await().until(() -> rig.meters.get("tollgate.relay.first.token").timer().count() == 1);
  }

  @Test
  void usage_that_the_caller_did_not_ask_for_is_read_and_taken_out() {
    rig.upstream.answers(
        request -> stream(request).end(HELLO + StreamChunks.usage(9, 2) + StreamChunks.DONE));
    HttpResponse<String> response = rig.chat(GatewayRig.request(true, ""));
    assertThat(response.body()).isEqualTo(HELLO + StreamChunks.DONE);
    assertThat(rig.upstream.received.getFirst().body()).contains("\"include_usage\":true");
    assertThat(rig.passages.only().result().usage()).isEqualTo(TokenUsage.of(9, 2));
  }

  @Test
  void a_stream_without_usage_is_charged_as_counted() {
    rig.upstream.answers(request -> stream(request).end(HELLO + StreamChunks.DONE));
    assertThat(rig.chat(GatewayRig.request(true, "")).body()).isEqualTo(HELLO + StreamChunks.DONE);
    var passage = rig.passages.only();
    assertThat(passage.result().reported()).isFalse();
    assertThat(passage.result().usage())
        .isEqualTo(TokenUsage.of(passage.request.estimate().input(), 1));
  }

  @Test
  void the_last_piece_goes_out_after_the_record_only() throws Exception {
    rig.upstream.answers(
        request -> stream(request).end(HELLO + StreamChunks.usage(9, 2) + StreamChunks.DONE));
    CompletableFuture<String> gate = new CompletableFuture<>();
    rig.passages.recordGate = gate;
    try (RawCaller caller = rig.calling(GatewayRig.request(true, ""))) {
      assertThat(caller.readUntil("\"finish_reason\":\"stop\"")).doesNotContain("[DONE]");
      await().until(() -> !rig.passages.only().results.isEmpty());
      caller.readUntil("]}\n\n\r\n");
      await()
          .during(Duration.ofMillis(200))
          .atMost(Duration.ofSeconds(5))
          .until(() -> caller.available() == 0);
      gate.complete("");
      assertThat(caller.readUntil("0\r\n\r\n")).contains("data: [DONE]");
    }
  }

  @Test
  void a_stream_that_cannot_be_booked_does_not_end() throws Exception {
    rig.upstream.answers(request -> stream(request).end(HELLO + StreamChunks.DONE));
    rig.passages.recordGate = CompletableFuture.failedFuture(new IllegalStateException("no db"));
    try (RawCaller caller = rig.calling(GatewayRig.request(true, ""))) {
      assertThat(caller.readToEnd())
          .contains("Hel")
          .doesNotContain("[DONE]")
          .doesNotContain("\r\n0\r\n");
    }
  }

  @Test
  void an_upstream_that_dies_in_the_stream_is_told_and_charged_for_what_came() throws Exception {
    rig.upstream.answers(
        request ->
            stream(request)
                .write(StreamChunks.content("Hel") + StreamChunks.content("lo"))
                .onSuccess(_ -> request.connection().close()));
    try (RawCaller caller = rig.calling(GatewayRig.request(true, ""))) {
      assertThat(caller.readToEnd())
          .contains("Hel")
          .contains("data: {\"error\":{")
          .contains("upstream_failed")
          .doesNotContain("[DONE]")
          .doesNotContain("\r\n0\r\n");
    }
    var passage = rig.passages.only();
    assertThat(passage.result().usage())
        .isEqualTo(TokenUsage.of(passage.request.estimate().input(), 1));
    assertThat(passage.result().errorCode()).contains("UPSTREAM_FAILED");
  }

  @Test
  void an_upstream_that_goes_silent_in_the_stream_is_told_and_charged_for_what_came()
      throws Exception {
    restart(Map.of("relay.upstream.idle.ms", "300"));
    rig.upstream.answers(request -> stream(request).write(StreamChunks.content("Hello")));
    try (RawCaller caller = rig.calling(GatewayRig.request(true, ""))) {
      assertThat(caller.readToEnd()).contains("Hello").contains("upstream_timeout");
    }
    assertThat(rig.passages.only().result().usage().output()).isEqualTo(1);
  }

  @Test
  void a_request_that_takes_too_long_in_all_is_ended_and_charged_for_what_came() throws Exception {
    restart(Map.of("relay.total.ms", "500"));
    rig.upstream.answers(
        request -> {
          HttpServerResponse response = stream(request);
          rig.edge
              .vertx()
              .setPeriodic(
                  50,
                  timer ->
                      response
                          .write(StreamChunks.content("Hello"))
                          .onFailure(_ -> rig.edge.vertx().cancelTimer(timer)));
        });
    try (RawCaller caller = rig.calling(GatewayRig.request(true, ""))) {
      assertThat(caller.readToEnd()).contains("Hello").contains("upstream_timeout");
    }
    assertThat(rig.passages.only().result().usage().output()).isBetween(1L, 30L);
  }

  @Test
  void an_error_that_the_upstream_sends_in_the_stream_is_passed_on() {
    String failing =
        StreamChunks.content("Hello")
            + "data: {\"error\":{\"message\":\"overloaded\"}}\n\n"
            + StreamChunks.DONE;
    rig.upstream.answers(request -> stream(request).end(failing));
    assertThat(rig.chat(GatewayRig.request(true, "")).body())
        .isEqualTo(StreamChunks.content("Hello") + OVERLOADED + StreamChunks.DONE);
    var result = rig.passages.only().result();
    assertThat(result.usage().output()).isEqualTo(1);
    assertThat(result.errorCode()).contains("UPSTREAM_FAILED");
  }

  @Test
  void an_error_before_any_content_is_free() {
    String failing = "data: {\"error\":{\"message\":\"overloaded\"}}\n\n" + StreamChunks.DONE;
    rig.upstream.answers(request -> stream(request).end(failing));
    var response = rig.chat(GatewayRig.request(true, ""));
    // nothing has gone out before it, so that it can have a status
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).contains("overloaded");
    assertThat(rig.passages.only().result().usage()).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void a_stream_that_starts_on_little_means_is_extended_while_they_last() {
    rig.passages.means = 3000;
    String content = StreamChunks.content("word word word word word word word word").repeat(300);
    rig.upstream.answers(
        request ->
            stream(request)
                .end(
                    content
                        + StreamChunks.FINISH
                        + StreamChunks.usage(9, 2400)
                        + StreamChunks.DONE));
    HttpResponse<String> response = rig.chat(GatewayRig.request(true, ""));
    assertThat(response.body()).isEqualTo(content + StreamChunks.FINISH + StreamChunks.DONE);
    var passage = rig.passages.only();
    assertThat(passage.reserved().output()).isEqualTo(256);
    assertThat(passage.extensions).isNotEmpty();
    assertThat(passage.result().usage()).isEqualTo(TokenUsage.of(9, 2400));
  }

  @Test
  void a_stream_that_nothing_more_pays_for_ends_in_the_protocols_own_way() {
    rig.passages.means = 700;
    AtomicBoolean aborted = new AtomicBoolean();
    rig.upstream.answers(
        request -> {
          request.response().closeHandler(_ -> aborted.set(true));
          var unused =
              stream(request).write(StreamChunks.content("one two three four").repeat(400));
        });
    HttpResponse<String> response = rig.chat(GatewayRig.request(true, WANTS_USAGE));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("\"finish_reason\":\"length\"")
        .contains("insufficient_quota")
        .endsWith(StreamChunks.DONE);
    var result = rig.passages.only().result();
    assertThat(result.usage().output()).isBetween(600L, 700L);
    assertThat(result.reported()).isFalse();
    int delivered = response.body().split("one two", -1).length - 1;
    assertThat((long) delivered * 4).isBetween(600L, result.usage().output() + 4);
    assertThat(response.body()).contains("\"completion_tokens\":" + result.usage().output());
    await().untilTrue(aborted);
    assertThat(rig.counted("tollgate.relay.requests", "outcome", "cut_short")).isEqualTo(1);
  }

  @Test
  void a_stream_whose_whole_limit_is_reserved_is_not_cut_for_our_own_count() {
    rig.passages.means = 50;
    String content = StreamChunks.content("one two three four").repeat(20);
    rig.upstream.answers(
        request ->
            stream(request)
                .end(
                    content + StreamChunks.FINISH + StreamChunks.usage(9, 50) + StreamChunks.DONE));
    HttpResponse<String> response = rig.chat(GatewayRig.request(true, ",\"max_tokens\":50"));
    assertThat(response.body()).isEqualTo(content + StreamChunks.FINISH + StreamChunks.DONE);
    assertThat(rig.passages.only().result().usage()).isEqualTo(TokenUsage.of(9, 50));
  }

  @Test
  void a_caller_who_reads_slowly_slows_the_upstream_down() throws Exception {
    rig.passages.means = Long.MAX_VALUE;
    AtomicLong written = new AtomicLong();
    int chunks = 4000;
    String chunk = ": " + "x".repeat(8000) + "\n\n";
    rig.upstream.answers(request -> pour(stream(request), chunk, chunks, written));
    try (RawCaller caller = rig.calling(GatewayRig.request(true, ""))) {
      caller.readUntil("xxx");
      await().until(() -> written.get() > 10);
      AtomicLong before = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofMillis(300))
          .atMost(Duration.ofSeconds(15))
          .until(() -> before.getAndSet(written.get()) == written.get());
      // of 32 MB only what socket buffers and two write queues hold was taken
      assertThat(written.get() * 8000).isLessThan(20_000_000);
      assertThat(caller.readToEndOfStream()).isGreaterThan(32_000_000L);
    }
    assertThat(rig.passages.only().result().httpStatus()).isEqualTo(200);
  }

  @Test
  void what_came_so_far_is_noted_once_a_second() throws Exception {
    List<HttpServerResponse> responses = new CopyOnWriteArrayList<>();
    rig.upstream.answers(
        request -> {
          responses.add(stream(request));
          var unused = responses.getFirst().write(StreamChunks.content("Hello"));
        });
    try (RawCaller caller = rig.calling(GatewayRig.request(true, ""))) {
      caller.readUntil("Hello");
      await().until(() -> !rig.passages.only().progress.isEmpty());
      assertThat(rig.passages.only().progress.getFirst().output()).isBetween(1L, 2L);
      var unused = responses.getFirst().end(StreamChunks.FINISH + StreamChunks.DONE);
      caller.readUntil("[DONE]");
    }
    assertThat(rig.passages.only().progress).hasSize(1);
  }

  @Test
  void a_connection_upstream_is_used_again() {
    List<String> connections = new CopyOnWriteArrayList<>();
    rig.upstream.answers(
        request -> {
          connections.add(request.remoteAddress().toString());
          var unused = stream(request).end(HELLO + StreamChunks.usage(9, 2) + StreamChunks.DONE);
        });
    for (int i = 0; i < 8; i++) {
      rig.chat(GatewayRig.request(true, ""));
    }
    // the end of a stream may still be on its way when the next request comes
    assertThat(connections).hasSize(8);
    assertThat(connections.stream().distinct().count()).isLessThan(4);
  }

  @Test
  void an_upstream_that_does_not_close_after_done_does_not_keep_the_caller() {
    rig.upstream.answers(request -> stream(request).write(HELLO + StreamChunks.DONE));
    assertThat(rig.chat(GatewayRig.request(true, "")).body()).isEqualTo(HELLO + StreamChunks.DONE);
  }

  private static void pour(
      HttpServerResponse response, String chunk, int left, AtomicLong written) {
    if (left == 0) {
      var unused = response.end(HELLO + StreamChunks.usage(9, 2) + StreamChunks.DONE);
      return;
    }
    var unused =
        response
            .write(chunk)
            .onSuccess(
                _ -> {
                  written.incrementAndGet();
                  pour(response, chunk, left - 1, written);
                });
  }

  private static HttpServerResponse stream(HttpServerRequest request) {
    return request
        .response()
        .setChunked(true)
        .putHeader("content-type", "text/event-stream; charset=utf-8");
  }

  private void restart(Map<String, String> settings) {
    rig.close();
    rig = new GatewayRig(settings);
  }
}
