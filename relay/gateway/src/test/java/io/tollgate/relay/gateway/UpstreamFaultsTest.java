package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.metering.PassageResult;
import io.tollgate.relay.gateway.rig.GatewayRig;
import io.tollgate.relay.gateway.rig.RawCaller;
import io.tollgate.relay.gateway.rig.StreamChunks;
import io.tollgate.sandbox.script.Script;
import io.tollgate.sandbox.script.ScriptedUpstream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers have been seen to answer that is not what a protocol says, byte by byte. */
@Tag("slow")
class UpstreamFaultsTest {
  private static final String ANSWER =
      "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o-mini\","
          + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},"
          + "\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}";
  private static final String STREAM =
      StreamChunks.content("Hel")
          + StreamChunks.content("lo")
          + StreamChunks.FINISH
          + StreamChunks.usage(9, 3)
          + StreamChunks.DONE;
  private static final TokenUsage USAGE = TokenUsage.of(9, 3);

  private final ScriptedUpstream upstream = ScriptedUpstream.start();
  private final ScriptedUpstream second = ScriptedUpstream.start();
  private GatewayRig rig = scripted(Map.of());

  @AfterEach
  void close() {
    assertThat(rig.passages.faults).isEmpty();
    await().until(() -> rig.gateway.running() == 0);
    assertThat(rig.meters.get("tollgate.relay.memory.bytes").gauge().value()).isZero();
    rig.close();
    upstream.close();
    second.close();
  }

  @Test
  void b02_a_stream_that_calls_itself_json_is_streamed_as_it_comes() throws Exception {
    upstream.put(
        Script.answer()
            .status(200)
            .header("Content-Type", "application/json")
            .chunked()
            .chunk(StreamChunks.content("Hel"))
            .hang()
            .done());
    try (RawCaller caller = rig.calling(GatewayRig.request(true, ""))) {
      assertThat(caller.readUntil("\"Hel\"")).contains("text/event-stream");
      caller.hangUp();
    }
    upstream.close();
    await().until(() -> rig.gateway.running() == 0);
  }

  @Test
  void b02_json_that_calls_itself_a_stream_is_read_whole() {
    upstream.put(
        Script.answer()
            .status(200)
            .header("Content-Type", "text/event-stream")
            .body(ANSWER)
            .done());
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body()).isEqualTo(ANSWER);
    assertThat(only().usage()).isEqualTo(USAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html><body>Just a moment...</body></html>",
        "{\"id\":\"c-1\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hel",
        "",
        "{}",
        "{\"choices\":null}",
        "{\"choices\":[]}",
        "[]",
        "null",
        "data: [DONE]\n\n",
        ": nothing\n\n"
      })
  void b03_b15_what_is_no_answer_is_free_and_another_account_is_tried(String body) {
    for (boolean stream : new boolean[] {false, true}) {
      for (int i = 0; i < 2; i++) {
        upstream.put(
            Script.answer().status(200).header("Content-Type", "text/html").body(body).done());
      }
      second.put(Script.answer().status(200).header("Content-Type", "text/html").body(body).done());
      rig.passages.opened.clear();
      HttpResponse<String> response = rig.chat(GatewayRig.request(stream, ""));
      assertThat(response.statusCode()).isEqualTo(502);
      assertThat(response.body()).contains("\"code\":\"upstream_failed\"");
      assertThat(only().usage()).isEqualTo(TokenUsage.NONE);
      assertThat(only().attempts()).isEqualTo(2);

      rig.passages.opened.clear();
      second.put(good(stream));
      assertThat(rig.chat(GatewayRig.request(stream, "")).statusCode()).isEqualTo(200);
      assertThat(only().usage()).isEqualTo(USAGE);
      upstream.clear();
      second.clear();
    }
  }

  @Test
  void b03_json_that_breaks_off_with_its_connection_is_no_answer() {
    upstream.put(
        Script.answer()
            .line("HTTP/1.0 200 OK")
            .header("Content-Type", "application/json")
            .endHead()
            .raw(ANSWER.substring(0, 60))
            .close()
            .done());
    second.put(Script.json(200, ANSWER));
    assertThat(rig.chat(GatewayRig.request(false, "")).body()).isEqualTo(ANSWER);
    assertThat(only().attempts()).isEqualTo(2);
  }

  @Test
  void b16_an_error_in_place_of_an_answer_has_its_own_status_and_other_accounts_are_tried() {
    String error =
        "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\",\"code\":503}}";
    for (boolean stream : new boolean[] {false, true}) {
      rig.passages.opened.clear();
      upstream.put(Script.json(200, error));
      second.put(Script.json(200, error));
      HttpResponse<String> response = rig.chat(GatewayRig.request(stream, ""));
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).contains("overloaded");
      assertThat(only().usage()).isEqualTo(TokenUsage.NONE);
      assertThat(only().attempts()).isEqualTo(2);
    }
  }

  @Test
  void b16_an_error_as_the_first_event_of_a_stream_is_no_stream() {
    upstream.put(Script.events("{\"error\":{\"message\":\"no\",\"code\":500}}"));
    second.put(good(true));
    HttpResponse<String> response = rig.chat(GatewayRig.request(true, ""));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("Hel").endsWith(StreamChunks.DONE);
    assertThat(only().usage()).isEqualTo(USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ": wait\n\n"})
  void b14_a_stream_that_has_all_but_its_end_is_ended_and_charged(String comment) throws Exception {
    restart(Map.of("relay.upstream.stream.end.ms", "300"));
    upstream.put(
        Script.answer()
            .eventStream()
            .chunk(StreamChunks.content("Hello") + StreamChunks.FINISH + StreamChunks.usage(9, 3))
            .repeatChunk(comment.isEmpty() ? ":\n\n" : comment, 100, comment.isEmpty() ? 1 : 60)
            .hang()
            .done());
    HttpResponse<String> response = rig.chat(GatewayRig.request(true, ""));
    assertThat(response.body()).contains("Hello").endsWith(StreamChunks.DONE);
    assertThat(only().usage()).isEqualTo(USAGE);
    assertThat(only().errorCode()).isEmpty();
    await().until(() -> upstream.openConnections() == 0);
  }

  @Test
  void b17_a_stream_for_a_caller_of_json_is_joined_and_the_other_way_round() {
    upstream.put(good(true));
    HttpResponse<String> joined = rig.chat(GatewayRig.request(false, ""));
    assertThat(joined.headers().firstValue("content-type").orElse("")).contains("application/json");
    assertThat(joined.body()).contains("\"content\":\"Hello\"").contains("\"completion_tokens\":3");
    assertThat(only().usage()).isEqualTo(USAGE);

    rig.passages.opened.clear();
    upstream.put(Script.json(200, ANSWER));
    HttpResponse<String> streamed = rig.chat(GatewayRig.request(true, ""));
    assertThat(streamed.headers().firstValue("content-type").orElse(""))
        .contains("text/event-stream");
    assertThat(streamed.body()).startsWith("data: {").contains("Hello").endsWith(StreamChunks.DONE);
    assertThat(only().usage()).isEqualTo(USAGE);
  }

  @Test
  void b18_a_kept_connection_that_is_closed_at_the_next_request_is_replaced_by_a_fresh_one() {
    for (int i = 0; i < 4; i++) {
      rig.passages.opened.clear();
      upstream.put(
          Script.answer()
              .status(200)
              .json(ANSWER)
              // takes the next request on this connection, and closes it without a byte
              .nextRequest()
              .close()
              .done());
      assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(200);
      assertThat(only().attempts()).isEqualTo(1);
    }
    assertThat(second.received()).isEmpty();
    assertThat(rig.counted("tollgate.relay.upstream.attempts", "result", "stale")).isEqualTo(3);
  }

  @Test
  void b20_what_we_add_to_a_stream_is_left_out_where_the_upstream_refuses_it() {
    upstream.put(
        Script.json(
            400,
            "{\"error\":{\"message\":\"Unrecognized request argument supplied: stream_options\","
                + "\"type\":\"invalid_request_error\"}}"));
    String withoutUsage =
        StreamChunks.content("Hello there") + StreamChunks.FINISH + StreamChunks.DONE;
    for (int i = 0; i < 2; i++) {
      rig.passages.opened.clear();
      upstream.put(Script.answer().eventStream().chunk(withoutUsage).endChunks().done());
      HttpResponse<String> response = rig.chat(GatewayRig.request(true, ""));
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(only().reported()).isFalse();
      assertThat(only().usage().output()).isEqualTo(2);
      assertThat(only().attempts()).isEqualTo(1);
    }
    // remembered: the second request did not ask for it in the first place
    assertThat(upstream.received()).hasSize(3);
    assertThat(upstream.received().get(0).body().toString()).contains("stream_options");
    assertThat(upstream.received().get(1).body().toString()).doesNotContain("stream_options");
    assertThat(upstream.received().get(2).body().toString()).doesNotContain("stream_options");
  }

  @Test
  void b22_compressed_requests_are_read_and_sent_on_as_they_were_before() throws Exception {
    String body = GatewayRig.request(false, "");
    for (String encoding : List.of("gzip", "x-gzip", "deflate", "identity")) {
      upstream.put(Script.json(200, ANSWER));
      byte[] sent =
          switch (encoding) {
            case "gzip", "x-gzip" -> gzipped(body.getBytes("UTF-8"));
            case "deflate" -> deflated(body.getBytes("UTF-8"));
            default -> body.getBytes("UTF-8");
          };
      assertThat(compressed(encoding, sent).statusCode()).as(encoding).isEqualTo(200);
      assertThat(upstream.received().getLast().body().toString()).isEqualTo(body);
    }
  }

  @Test
  void b22_zstd_is_read_too() {
    upstream.put(Script.json(200, ANSWER));
    // a frame with one raw block (RFC 8878)
    byte[] body = GatewayRig.request(false, "").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(compressed("zstd", zstdRaw(body)).statusCode()).isEqualTo(200);
    assertThat(upstream.received().getLast().body().toString())
        .isEqualTo(GatewayRig.request(false, ""));
  }

  @Test
  void b22_other_encodings_are_415_and_name_the_header() {
    HttpResponse<String> response = compressed("br", new byte[] {1, 2, 3});
    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(response.body()).contains("Content-Encoding").contains("gzip");
    assertThat(compressed("gzip, gzip", new byte[] {1}).statusCode()).isEqualTo(415);
    assertThat(compressed("gzip", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}).statusCode())
        .isEqualTo(400);
    assertThat(rig.passages.opened).isEmpty();
  }

  @Test
  void b22_little_that_becomes_much_is_413_and_never_more_than_the_memory() throws Exception {
    restart(Map.of("relay.body.limit", "1000000", "relay.memory.mib", "8"));
    byte[] bomb = gzipped(new byte[200 << 20]);
    assertThat(compressed("gzip", bomb).statusCode()).isEqualTo(413);
    restart(Map.of("relay.body.limit", "100000000", "relay.memory.mib", "8"));
    assertThat(compressed("gzip", bomb).statusCode()).isEqualTo(503);
    assertThat(rig.passages.opened).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"date", "ms"})
  void b27_a_wait_is_read_in_all_its_forms_and_passed_on(String form) {
    String header =
        form.equals("ms")
            ? "retry-after-ms: 12500"
            : "Retry-After: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.now().plusSeconds(13).atOffset(ZoneOffset.UTC));
    for (ScriptedUpstream one : List.of(upstream, second)) {
      one.put(
          Script.answer()
              .status(429)
              .line(header)
              .json("{\"error\":{\"message\":\"slow\"}}")
              .done());
    }
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(response.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(11, 13);
    HttpResponse<String> resting = rig.chat(GatewayRig.request(false, ""));
    assertThat(resting.statusCode()).isEqualTo(503);
    assertThat(Integer.parseInt(resting.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(9, 13);
  }

  @Test
  void b30_compressed_answers_and_errors_are_read() throws Exception {
    upstream.put(Script.answer().status(200).gzip().json(ANSWER).done());
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.body()).isEqualTo(ANSWER);
    assertThat(response.headers().firstValue("content-encoding")).isEmpty();
    assertThat(only().usage()).isEqualTo(USAGE);

    rig.passages.opened.clear();
    upstream.put(
        Script.answer()
            .status(200)
            .gzip()
            .header("Content-Type", "text/event-stream")
            .body(STREAM)
            .done());
    assertThat(rig.chat(GatewayRig.request(true, "")).body())
        .contains("Hel")
        .endsWith(StreamChunks.DONE);
    assertThat(only().usage()).isEqualTo(USAGE);

    upstream.put(
        Script.answer()
            .status(400)
            .gzip()
            .json(
                "{\"error\":{\"message\":\"bad temperature\",\"type\":\"invalid_request_error\"}}")
            .done());
    assertThat(rig.chat(GatewayRig.request(false, "")).body()).contains("bad temperature");
  }

  @Test
  void b30_an_answer_that_cannot_be_decompressed_says_so() {
    for (ScriptedUpstream one : List.of(upstream, second)) {
      one.put(Script.answer().status(200).header("Content-Encoding", "br").json("xxxx").done());
    }
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).contains("compressed with br");
  }

  @Test
  void s14_steering_of_a_sandbox_account_says_nothing_of_the_account() {
    rig.close();
    rig = new GatewayRig();
    rig.upstream.answersJson(500, "{}");
    rig.account("main", rig.upstream.baseUrl(), 0, true);
    rig.upstream.answers(
        request ->
            request
                .response()
                .setStatusCode(request.headers().contains("x-sandbox") ? 429 : 200)
                .putHeader("retry-after", "300")
                .putHeader("content-type", "application/json")
                .end(ANSWER));
    HttpResponse<String> steered =
        rig.send(rig.post(GatewayRig.request(false, "")).header("X-Sandbox", "status=429"));
    assertThat(steered.statusCode()).isEqualTo(429);
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(200);
  }

  @Test
  void s15_a_status_that_is_none_is_502() {
    for (ScriptedUpstream one : List.of(upstream, second)) {
      one.put(Script.json(999, "{\"error\":{\"message\":\"odd\"}}"));
    }
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(502);
  }

  @Test
  void s16_an_answer_that_comes_late_and_unasked_never_reaches_the_next_request() {
    String other = ANSWER.replace("Hello", "Not yours");
    for (int i = 0; i < 20; i++) {
      upstream.put(
          Script.answer()
              .status(200)
              .json(ANSWER)
              .raw("HTTP/1.1 200 OK\r\nContent-Length: " + other.length() + "\r\n\r\n" + other)
              .done());
      assertThat(rig.chat(GatewayRig.request(false, "")).body()).isEqualTo(ANSWER);
    }
  }

  private Script good(boolean stream) {
    return stream
        ? Script.answer().eventStream().chunk(STREAM).endChunks().done()
        : Script.json(200, ANSWER);
  }

  private PassageResult only() {
    return rig.passages.only().result();
  }

  private void restart(Map<String, String> settings) {
    rig.close();
    rig = scripted(settings);
  }

  private GatewayRig scripted(Map<String, String> settings) {
    GatewayRig made = new GatewayRig(settings);
    made.account("main", upstream.url() + "/v1", 0, false);
    made.account("second", second.url() + "/v1", 10, false);
    return made;
  }

  private HttpResponse<String> compressed(String encoding, byte[] body) {
    return rig.send(
        HttpRequest.newBuilder(rig.uri("/v1/chat/completions"))
            .header("Authorization", "Bearer " + rig.key)
            .header("Content-Type", "application/json")
            .header("Content-Encoding", encoding)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private static byte[] gzipped(byte[] plain) throws java.io.IOException {
    var out = new java.io.ByteArrayOutputStream();
    try (var packing = new java.util.zip.GZIPOutputStream(out)) {
      packing.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] deflated(byte[] plain) throws java.io.IOException {
    var out = new java.io.ByteArrayOutputStream();
    try (var packing = new java.util.zip.DeflaterOutputStream(out)) {
      packing.write(plain);
    }
    return out.toByteArray();
  }

  /** A frame of one segment with its size in a byte, and one last, raw block (RFC 8878). */
  private static byte[] zstdRaw(byte[] plain) {
    int block = plain.length << 3 | 1;
    var out = new java.io.ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0x20});
    out.write(plain.length);
    out.writeBytes(new byte[] {(byte) block, (byte) (block >> 8), (byte) (block >> 16)});
    out.writeBytes(plain);
    return out.toByteArray();
  }
}
