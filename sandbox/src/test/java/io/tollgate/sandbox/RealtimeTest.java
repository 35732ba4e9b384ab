package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealtimeTest {
  private static final String HELLO =
      "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\","
          + "\"content\":[{\"type\":\"input_text\",\"text\":\"Say hello\"}]}}";
  private static final String TEXT_ONLY =
      "{\"type\":\"response.create\",\"response\":{\"output_modalities\":[\"text\"]}}";

  private final SandboxProvider sandbox;
  private final Caller caller;

  RealtimeTest(@TempDir Path dir) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, dir));
    caller = new Caller(sandbox.port());
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void text_is_answered_piece_by_piece_and_billed_when_done() throws Exception {
    try (Session session = new Session("text", "output_tokens=5")) {
      assertThat(session.next().path("type").asString()).isEqualTo("session.created");
      session.say(HELLO);
      session.say(TEXT_ONLY);
      List<JsonNode> events = session.until("response.done");
      StringBuilder text = new StringBuilder();
      events.stream()
          .filter(event -> event.path("type").asString().equals("response.output_text.delta"))
          .forEach(event -> text.append(event.path("delta").asString()));
      JsonNode done = events.getLast().path("response");
      assertThat(done.path("status").asString()).isEqualTo("completed");
      assertThat(done.at("/output/0/content/0/text").asString()).isEqualTo(text.toString());
      assertThat(done.at("/usage/input_token_details/text_tokens").asInt()).isEqualTo(6);
      assertThat(done.at("/usage/output_tokens").asInt()).isEqualTo(5);
      assertThat(types(events))
          .containsSubsequence(
              "conversation.item.added",
              "conversation.item.done",
              "response.created",
              "response.output_item.added",
              "response.content_part.added",
              "response.output_text.delta",
              "response.output_text.done",
              "response.content_part.done",
              "response.output_item.done",
              "response.done");
    }
    await().until(() -> caller.served("text").path("completed").asBoolean(false));
    assertThat(caller.served("text").path("output_tokens").asInt()).isEqualTo(5);
  }

  @Test
  void speech_is_heard_written_down_and_answered_in_sound_each_kind_billed() throws Exception {
    try (Session session = new Session("spoken", "output_tokens=5")) {
      session.say(
          "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":{"
              + "\"transcription\":{\"model\":\"gpt-4o-transcribe\"}}}}}");
      session.say(
          "{\"type\":\"input_audio_buffer.append\",\"audio\":\""
              + Base64.getEncoder().encodeToString(new byte[48_000])
              + "\"}");
      session.say("{\"type\":\"input_audio_buffer.commit\"}");
      JsonNode heard =
          session.until("conversation.item.input_audio_transcription.completed").getLast();
      assertThat(heard.path("transcript").asString()).isNotEmpty();
      assertThat(heard.at("/usage/input_token_details/audio_tokens").asInt()).isEqualTo(10);
      session.say("{\"type\":\"response.create\"}");
      List<JsonNode> events = session.until("response.done");
      assertThat(types(events))
          .contains("response.output_audio.delta", "response.output_audio_transcript.delta");
      JsonNode usage = events.getLast().at("/response/usage");
      assertThat(usage.at("/input_token_details/audio_tokens").asInt()).isEqualTo(10);
      assertThat(usage.at("/output_token_details/text_tokens").asInt()).isEqualTo(5);
      assertThat(usage.at("/output_token_details/audio_tokens").asInt()).isEqualTo(10);
      session.say("{\"type\":\"response.create\"}");
      JsonNode second = session.until("response.done").getLast().at("/response/usage");
      JsonNode details = second.path("input_token_details");
      assertThat(details.path("cached_tokens").asInt()).isPositive();
      assertThat(details.at("/cached_tokens_details/audio_tokens").asInt()).isEqualTo(20);
      assertThat(details.path("audio_tokens").asInt()).isEqualTo(20);
    }
    await().until(() -> caller.served("spoken").path("attempts").asInt() == 3);
    JsonNode served = caller.served("spoken");
    assertThat(served.path("audio_output_tokens").asInt()).isEqualTo(20);
    assertThat(served.path("audio_input_tokens").asInt()).isEqualTo(10 + 10 + 20);
    assertThat(served.path("audio_cached_tokens").asInt()).isEqualTo(20);
  }

  @Test
  void function_is_called_and_its_result_taken() throws Exception {
    try (Session session = new Session("tools", "")) {
      session.say(
          "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"tools\":[{\"type\":"
              + "\"function\",\"name\":\"look\",\"parameters\":{\"type\":\"object\"}}]}}");
      session.say(HELLO.replace("hello", "look"));
      session.say("{\"type\":\"response.create\"}");
      JsonNode call = session.until("response.done").getLast().at("/response/output/0");
      assertThat(call.path("type").asString()).isEqualTo("function_call");
      assertThat(call.path("name").asString()).isEqualTo("look");
      session.say(
          "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"function_call_output\","
              + "\"call_id\":\""
              + call.path("call_id").asString()
              + "\",\"output\":\"20\"}}");
      session.say("{\"type\":\"response.create\"}");
      assertThat(session.until("response.done").getLast().at("/response/output/0/type").asString())
          .isEqualTo("message");
    }
  }

  @Test
  void response_is_cancelled_and_billed_for_what_was_told() throws Exception {
    try (Session session = new Session("cancelled", "output_tokens=1000; chunk_ms=20")) {
      session.say(HELLO);
      session.say(TEXT_ONLY);
      session.until("response.output_text.delta");
      session.say(TEXT_ONLY);
      assertThat(session.until("error").getLast().at("/error/code").asString())
          .isEqualTo("conversation_already_has_active_response");
      session.say("{\"type\":\"response.cancel\"}");
      JsonNode done = session.until("response.done").getLast().path("response");
      assertThat(done.path("status").asString()).isEqualTo("cancelled");
      int told = done.at("/usage/output_tokens").asInt();
      assertThat(told).isBetween(1, 500);
      await().until(() -> caller.served("cancelled").path("output_tokens").asInt() == told);
    }
  }

  @Test
  void caller_who_leaves_and_a_connection_that_is_cut_are_served_what_was_told() throws Exception {
    try (Session session = new Session("left", "output_tokens=1000; chunk_ms=20")) {
      session.say(HELLO);
      session.say(TEXT_ONLY);
      session.until("response.output_text.delta");
    }
    await().until(() -> caller.served("left").path("output_tokens").asInt() > 0);
    assertThat(caller.served("left").path("completed").asBoolean(true)).isFalse();
    try (Session session = new Session("cut", "output_tokens=50; abort_after=3")) {
      session.say(HELLO);
      session.say(TEXT_ONLY);
      session.until("closed");
    }
    assertThat(caller.served("cut").path("output_tokens").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "not json | ",
        "{'type':'nothing'} | type",
        "{'type':'conversation.item.create','item':{'type':'message','role':'king'}} | item.role",
        "{'type':'conversation.item.create','item':{'type':'message','role':'user','content':[{'type':'text','text':'x'}]}} | item.content",
        "{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'c','output':'x'}} | item.call_id",
        "{'type':'conversation.item.delete','item_id':'x'} | item_id",
        "{'type':'input_audio_buffer.append','audio':'%%'} | audio",
        "{'type':'input_audio_buffer.commit'} | ",
        "{'type':'session.update','session':{}} | session.type",
        "{'type':'response.cancel'} | ",
      })
  void malformed_event_is_answered_with_an_error_and_the_session_goes_on(String event, String param)
      throws Exception {
    try (Session session = new Session("errors", "")) {
      session.say(event.replace('\'', '"'));
      JsonNode error = session.until("error").getLast().path("error");
      assertThat(error.path("param").asString("")).isEqualTo(param == null ? "" : param);
      session.say(HELLO);
      session.until("conversation.item.done");
    }
  }

  @Test
  void beta_has_its_own_names_and_a_key_may_be_a_subprotocol() throws Exception {
    try (Session session =
        new Session(
            "beta",
            "output_tokens=3",
            "realtime",
            "openai-insecure-api-key.any",
            "openai-beta.realtime-v1")) {
      session.say(HELLO);
      session.say("{\"type\":\"response.create\",\"response\":{\"modalities\":[\"text\"]}}");
      assertThat(types(session.until("response.done")))
          .contains("conversation.item.created", "response.text.delta", "response.text.done");
    }
  }

  @Test
  void handshake_needs_key_model_and_upgrade() {
    assertThatThrownBy(() -> new Session("none", "", "realtime")).hasMessageContaining("401");
    assertThat(caller.get("/v1/realtime").body()).contains("'model'");
    assertThat(caller.get("/v1/realtime?model=gpt-realtime").body()).contains("WebSocket");
    assertThat(caller.get("/v1/realtime?model=x", "X-Sandbox", "status=503").statusCode())
        .isEqualTo(503);
  }

  private static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.path("type").asString()).toList();
  }

  /** A session over a real WebSocket. */
  private final class Session implements AutoCloseable, WebSocket.Listener {
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    Session(String requestId, String steering, String... subprotocols) throws Exception {
      WebSocket.Builder builder =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .header("X-Request-Id", requestId)
              .header("X-Sandbox", steering);
      if (subprotocols.length == 0) {
        builder.header("Authorization", "Bearer any");
      } else {
        builder.subprotocols(
            subprotocols[0],
            List.of(subprotocols).subList(1, subprotocols.length).toArray(String[]::new));
      }
      try {
        socket =
            builder
                .buildAsync(
                    URI.create(
                        "ws://127.0.0.1:" + sandbox.port() + "/v1/realtime?model=gpt-realtime"),
                    this)
                .get(10, TimeUnit.SECONDS);
      } catch (java.util.concurrent.ExecutionException e) {
        if (e.getCause() instanceof java.net.http.WebSocketHandshakeException refused) {
          throw new IllegalStateException("refused: " + refused.getResponse().statusCode(), e);
        }
        throw e;
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        events.add(Caller.JSON.readTree(part.toString()));
        part.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      events.add(Caller.JSON.readTree("{\"type\":\"closed\"}"));
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      events.add(Caller.JSON.readTree("{\"type\":\"closed\"}"));
    }

    void say(String event) throws Exception {
      socket.sendText(event, true).get(10, TimeUnit.SECONDS);
    }

    JsonNode next() throws InterruptedException {
      JsonNode event = events.poll(10, TimeUnit.SECONDS);
      assertThat(event).as("an event").isNotNull();
      return event;
    }

    List<JsonNode> until(String type) throws InterruptedException {
      List<JsonNode> seen = new ArrayList<>();
      do {
        seen.add(next());
      } while (!seen.getLast().path("type").asString().equals(type));
      return seen;
    }

    @Override
    public void close() {
      socket.abort();
    }
  }
}
