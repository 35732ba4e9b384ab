package io.tollgate.tests.relay;

import static io.tollgate.tests.relay.RealtimeSite.HELLO;
import static io.tollgate.tests.relay.RealtimeSite.PATH;
import static io.tollgate.tests.relay.RealtimeSite.SPEAK;
import static io.tollgate.tests.relay.RealtimeSite.WRITE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.relay.RealtimeSite.Opened;
import io.tollgate.tests.upstream.Payer;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Realtime sessions with the sandbox provider: each response is charged by itself, and exactly. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealtimeTest {
  private final RealtimeSite site = new RealtimeSite();

  @AfterAll
  void booksAreClean() {
    try (RealtimeSite closing = site) {
      closing.clean();
    }
  }

  @Test
  void a_response_is_charged_as_the_provider_bills_it() {
    try (Opened session = site.open("1")) {
      assertThat(session.caller().next().path("type").asString()).isEqualTo("session.created");
      session.caller().say(HELLO);
      JsonNode done = session.caller().response(WRITE);
      assertThat(done.path("status").asString()).isEqualTo("completed");
      List<JsonNode> rows = site.charged(session, 1);
      site.exact(session, rows, "1");
      assertThat(rows.getFirst().path("request_id").asString()).endsWith("00001");
      assertThat(rows.getFirst().path("output_tokens").asLong())
          .isEqualTo(done.at("/usage/output_tokens").asLong());
    }
  }

  @Test
  void spoken_responses_are_charged_by_kind_each_by_itself() {
    try (Opened session = site.open("1")) {
      session.caller().say(HELLO);
      var unused = session.caller().response(SPEAK);
      unused = session.caller().response(SPEAK);
      List<JsonNode> rows = site.charged(session, 2);
      site.exact(session, rows, "1");
      assertThat(rows.get(0).at("/usage/audio_output").asLong()).isPositive();
      assertThat(rows.get(1).path("cached_tokens").asLong()).isPositive();
    }
  }

  @Test
  void a_response_that_the_provider_begins_by_itself_is_reserved_for_and_charged() {
    try (Opened session = site.open("1")) {
      session
          .caller()
          .say(
              "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":"
                  + "{\"turn_detection\":{\"type\":\"server_vad\"}}}}}");
      var unused = session.caller().until("session.updated");
      for (int turn = 0; turn < 2; turn++) {
        session.caller().say(sound(48_000, 7));
        session.caller().say(sound(24_000, 0));
        unused = session.caller().until("response.done");
      }
      List<JsonNode> rows = site.charged(session, 2);
      site.exact(session, rows, "1");
    }
  }

  @Test
  void a_cancelled_response_costs_what_was_told_of_it() {
    try (Opened session = site.open("1", "X-Sandbox", "output_tokens=200; chunk_ms=20")) {
      session.caller().say(HELLO);
      session.caller().say(SPEAK);
      var unused = session.caller().until("response.output_audio.delta");
      session.caller().say("{\"type\":\"response.cancel\"}");
      JsonNode done = session.caller().until("response.done").getLast().path("response");
      assertThat(done.path("status").asString()).isEqualTo("cancelled");
      List<JsonNode> rows = site.charged(session, 1);
      site.exact(session, rows, "1");
      assertThat(rows.getFirst().path("output_tokens").asLong()).isLessThan(200);
    }
  }

  @Test
  void names_of_the_beta_are_understood() {
    try (Opened session = site.open("1", "OpenAI-Beta", "realtime=v1")) {
      session.caller().say(HELLO);
      session.caller().say(SPEAK);
      List<JsonNode> events = session.caller().until("response.done");
      assertThat(events).anyMatch(e -> e.path("type").asString().equals("response.audio.delta"));
      site.exact(session, site.charged(session, 1), "1");
    }
  }

  @ParameterizedTest
  @CsvSource({"whisper-1, 2", "gpt-4o-transcribe, 0"})
  void what_is_written_down_is_charged_at_its_own_models_price(String model, long seconds) {
    try (Opened session = site.open("1")) {
      session
          .caller()
          .say(
              "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":"
                  + "{\"transcription\":{\"model\":\""
                  + model
                  + "\"}}}}}");
      session.caller().say(sound(90_000, 7));
      session.caller().say("{\"type\":\"input_audio_buffer.commit\"}");
      var unused = session.caller().until("conversation.item.input_audio_transcription.completed");
      unused = List.of(session.caller().response(WRITE));
      List<JsonNode> rows = site.charged(session, 2);
      site.exact(session, rows, "1");
      JsonNode heard =
          rows.stream()
              .filter(row -> row.path("model").asString().equals(model))
              .findFirst()
              .orElseThrow();
      assertThat(RealtimeSite.seconds(heard)).isEqualTo(seconds);
      assertThat(heard.required("cost").decimalValue()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'transcription':"
            + "{'model':'no-such-model'}}}}}|model_not_found",
        "{'type':'session.update','session':{'type':'realtime','model':'gpt-4o'}}"
            + "|invalid_request_error",
        "{'type':'session.update','session':{'type':'realtime','tools':[{'type':'web_search'}]}}"
            + "|invalid_request_error",
        "{'type':'response.create','type':'response.cancel'}|invalid_request_error",
        "{'type':'session.update','session':{'model':'gpt-realtime','model':'x'}}"
            + "|invalid_request_error",
        "{'type':|invalid_request_error",
        "[1]|invalid_request_error",
        "{'event_id':'mine'}|invalid_request_error"
      })
  void what_cannot_be_let_through_is_an_error_and_the_session_goes_on(String event, String code) {
    try (Opened session = site.open("1")) {
      session.caller().say(event.replace('\'', '"'));
      JsonNode error = session.caller().error();
      assertThat(error.path("code").asString()).isEqualTo(code);
      session.caller().say(HELLO);
      assertThat(session.caller().response(WRITE).path("status").asString()).isEqualTo("completed");
      site.exact(session, site.charged(session, 1), "1");
    }
  }

  @Test
  void a_key_may_stand_among_the_subprotocols() {
    Payer payer = site.site().payer("1");
    try (RealtimeCaller caller =
        RealtimeCaller.openOffering(
            site.site().installation().demo().publicUrl(),
            "/openai" + PATH,
            List.of("realtime", "openai-insecure-api-key." + payer.apiKey()))) {
      assertThat(caller.subprotocol()).isEqualTo("realtime");
      caller.say(HELLO);
      assertThat(caller.response(WRITE).path("status").asString()).isEqualTo("completed");
    }
  }

  @Test
  void without_means_no_session_is_opened() {
    assertThat(refused(PATH, site.site().payer("0"))).isEqualTo(402);
  }

  @Test
  void what_is_wrong_before_the_upgrade_is_a_plain_answer() {
    Payer payer = site.site().payer("1");
    assertThat(refused(PATH, new Payer(site.site(), payer.userId(), "sk-none"))).isEqualTo(401);
    assertThat(refused("/v1/realtime", payer)).isEqualTo(400);
    assertThat(refused("/v1/realtime?model=none", payer)).isEqualTo(404);
    // sold by the picture, which no session makes
    assertThat(refused("/v1/realtime?model=dall-e-3", payer)).isEqualTo(400);
    assertThat(refused(PATH, payer, "X-Sandbox", "status=503")).isEqualTo(503);
    assertThat(refused(PATH, payer, "Origin", "https://elsewhere.example")).isEqualTo(403);
    assertThat(site.site().client().get(site.site().client().url(PATH)).statusCode())
        .isEqualTo(400);
  }

  @Test
  void means_that_end_within_a_response_end_it_and_the_session() {
    try (Opened session = site.open("0.02", "X-Sandbox", "output_tokens=2000; chunk_ms=1")) {
      session.caller().say(HELLO);
      session.caller().say(SPEAK);
      JsonNode error = session.caller().error();
      assertThat(error.path("code").asString()).isEqualTo("insufficient_quota");
      assertThat(session.caller().closed().code()).isEqualTo(1008);
      List<JsonNode> rows = site.charged(session, 1);
      assertThat(rows.getFirst().path("owed").decimalValue()).isZero();
      assertThat(rows.getFirst().path("output_tokens").asLong()).isPositive();
      site.paid(session, rows, "0.02");
    }
  }

  @Test
  void means_that_do_not_cover_a_response_are_told_before_it_is_asked_for() {
    try (Opened session = site.open("0.001")) {
      session.caller().say(HELLO);
      session.caller().say(SPEAK);
      assertThat(session.caller().error().path("code").asString()).isEqualTo("insufficient_quota");
      assertThat(session.caller().closed().code()).isEqualTo(1008);
      assertThat(site.rows(session)).allMatch(row -> row.path("output_tokens").asLong() == 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void who_hangs_up_pays_what_the_provider_bills(boolean politely) {
    Opened session = site.open("1", "X-Sandbox", "output_tokens=300; chunk_ms=10");
    session.caller().say(HELLO);
    session.caller().say(SPEAK);
    var unused = session.caller().until("response.output_audio.delta");
    if (politely) {
      session.close();
    } else {
      session.caller().abort();
    }
    List<JsonNode> rows = site.charged(session, 1);
    site.exact(session, rows, "1");
    assertThat(rows.getFirst().path("status").asInt()).isEqualTo(499);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "3", "10"})
  void a_provider_that_dies_within_a_response_is_an_error_and_what_came_is_charged(int pieces) {
    try (Opened session = site.open("1", "X-Sandbox", "output_tokens=20; abort_after=" + pieces)) {
      session.caller().say(HELLO);
      session.caller().say(WRITE);
      assertThat(session.caller().error().path("code").asString()).isEqualTo("upstream_failed");
      assertThat(session.caller().closed().code()).isEqualTo(1011);
      if (pieces > 0) {
        List<JsonNode> rows = site.charged(session, 1);
        assertThat(rows.getFirst().path("output_tokens").asLong()).isBetween(1L, 2L * pieces);
        site.paid(session, rows, "1");
      } else {
        assertThat(site.charged(session, 0)).isEmpty();
      }
    }
  }

  @Test
  void usage_that_is_not_told_is_counted() {
    try (Opened session = site.open("1", "X-Sandbox", "output_tokens=50; no_usage")) {
      session.caller().say(HELLO);
      var unused = session.caller().response(WRITE);
      List<JsonNode> rows = site.charged(session, 1);
      assertThat(rows.getFirst().path("output_tokens").asLong()).isBetween(40L, 60L);
      site.paid(session, rows, "1");
    }
  }

  @Test
  void a_message_in_a_thousand_frames_goes_on() {
    try (Opened session = site.open("1")) {
      session.caller().sayInPieces(HELLO.replace("Say hello", "x".repeat(900)), 1);
      assertThat(session.caller().response(WRITE).path("status").asString()).isEqualTo("completed");
      site.exact(session, site.charged(session, 1), "1");
    }
  }

  @Test
  void bytes_are_no_event() {
    try (Opened session = site.open("1")) {
      session.caller().sayBytes(WRITE.getBytes(UTF_8));
      assertThat(session.caller().error().path("code").asString())
          .isEqualTo("invalid_request_error");
      assertThat(site.charged(session, 0)).isEmpty();
    }
  }

  @Test
  void a_message_that_is_too_large_ends_the_session() {
    Opened session = site.open("1");
    session.caller().say(HELLO);
    var unused = session.caller().response(WRITE);
    session.caller().trySay(sound(16 << 20, 1));
    assertThat(session.caller().closed().code()).isNotEqualTo(1000);
    site.exact(session, site.charged(session, 1), "1");
  }

  @Test
  void a_key_that_is_disabled_ends_its_session_within_five_seconds() {
    Opened session = site.open("1", "X-Sandbox", "output_tokens=3000; chunk_ms=10");
    session.caller().say(HELLO);
    session.caller().say(SPEAK);
    var unused = session.caller().until("response.output_audio.delta");
    long disabled = System.nanoTime();
    site.disableKey(session);
    assertThat(session.caller().error().path("code").asString()).isEqualTo("invalid_api_key");
    assertThat(session.caller().closed().code()).isEqualTo(1008);
    assertThat(Duration.ofNanos(System.nanoTime() - disabled)).isLessThan(Duration.ofSeconds(5));
    site.exact(session, site.charged(session, 1), "1");
  }

  @Test
  void a_slow_reader_gets_everything_and_others_are_not_kept_waiting() {
    try (Opened slow = site.open("10", "X-Sandbox", "output_tokens=4000")) {
      slow.caller().stopReading();
      slow.caller().say(HELLO);
      slow.caller().say(SPEAK);
      try (Opened other = site.open("1")) {
        other.caller().say(HELLO);
        assertThat(other.caller().response(WRITE).path("status").asString()).isEqualTo("completed");
      }
      slow.caller().goOnReading();
      List<JsonNode> events = slow.caller().until("response.done");
      assertThat(events).hasSizeGreaterThan(4_000);
      site.exact(slow, site.charged(slow, 1), "10");
    }
  }

  private int refused(String path, Payer payer, String... headers) {
    try (Opened opened = site.open(path, payer, headers)) {
      throw new AssertionError("opened: " + opened);
    } catch (CompletionException e) {
      WebSocketHandshakeException why =
          (WebSocketHandshakeException) requireNonNull(e.getCause(), "no cause");
      return why.getResponse().statusCode();
    }
  }

  private static String sound(int bytes, int value) {
    byte[] samples = new byte[bytes];
    Arrays.fill(samples, (byte) value);
    return "{\"type\":\"input_audio_buffer.append\",\"audio\":\""
        + Base64.getEncoder().encodeToString(samples)
        + "\"}";
  }
}
