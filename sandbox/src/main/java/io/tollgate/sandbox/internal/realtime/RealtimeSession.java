package io.tollgate.sandbox.internal.realtime;

import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.exchange.Site;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.OpenAiDialect;
import io.tollgate.sandbox.internal.steering.Steering;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One realtime session: what a caller sends, and what it is answered. Confined to the loop. */
final class RealtimeSession {
  private static final int MAX_AUDIO_BYTES = 15 * 1024 * 1024;

  /** Half a second. */
  private static final int TURN_ENDS_AFTER_BYTES = 24_000;

  private final Site site;
  private final ServerWebSocket socket;
  private final HttpConnection connection;
  private final String requestId;
  private final EventNames names;
  private final Steering steering;
  private final Conversation conversation;
  private final SessionSettings settings;
  private Optional<RealtimeResponse> active = Optional.empty();
  private int audioBytes;
  private int audioSeed = 1;
  private int silentBytes;
  private boolean speaking;
  private long events;
  private long ids;

  RealtimeSession(
      Site site,
      ServerWebSocket socket,
      String requestId,
      String model,
      EventNames names,
      Steering steering,
      HttpConnection connection) {
    this.site = site;
    this.connection = connection;
    this.socket = socket;
    this.requestId = requestId;
    this.names = names;
    this.steering = steering;
    this.conversation = new Conversation(site.counter(), model);
    this.settings = new SessionSettings(model, names);
  }

  void open() {
    socket.textMessageHandler(this::received);
    socket.binaryMessageHandler(
        bytes -> error(Problem.invalid("", "Binary messages are not taken (expected: text)."), ""));
    socket.closeHandler(closed -> active.ifPresent(RealtimeResponse::leave));
    socket.exceptionHandler(broken -> active.ifPresent(RealtimeResponse::leave));
    send("session.created", JsonBody.object().set("session", settings.json()));
  }

  /** Sends an event, numbered. */
  void send(String type, JsonNode fields) {
    if (socket.isClosed()) {
      return;
    }
    ObjectNode event =
        JsonBody.object().put("type", type).put("event_id", "event_" + Long.toHexString(++events));
    event.setAll((ObjectNode) fields);
    socket.writeTextMessage(event.toString());
  }

  private void received(String text) {
    String eventId = "";
    try {
      JsonNode event = JsonBody.object(text.getBytes(StandardCharsets.UTF_8));
      eventId = event.path("event_id").asString("");
      dispatch(JsonFields.text(event, "type", "type"), event);
    } catch (Problem problem) {
      error(problem, eventId);
    } catch (JacksonException e) {
      error(Problem.invalid("", "Could not read a value: " + e.getOriginalMessage()), eventId);
    }
  }

  private void error(Problem problem, String eventId) {
    StringBuilder error = new StringBuilder();
    OpenAiDialect.error(error, problem);
    ObjectNode json = (ObjectNode) JsonBody.tree(error.toString());
    json.put("event_id", eventId.isEmpty() ? null : eventId);
    send("error", JsonBody.object().set("error", json));
  }

  private void dispatch(String type, JsonNode event) {
    switch (type) {
      case "session.update" -> {
        settings.update(event.path("session"));
        send("session.updated", JsonBody.object().set("session", settings.json()));
      }
      case "conversation.item.create" -> create(event);
      case "conversation.item.delete" -> delete(event);
      case "input_audio_buffer.append" -> append(event);
      case "input_audio_buffer.clear" -> {
        audioBytes = 0;
        send("input_audio_buffer.cleared", JsonBody.object());
      }
      case "input_audio_buffer.commit" -> commit();
      case "response.create" -> respond(event);
      case "response.cancel" ->
          active
              .orElseThrow(
                  () ->
                      Problem.invalid(
                          "", "response_cancel_not_active", "There is no response to cancel."))
              .cancel();
      default ->
          throw Problem.invalid(
              "type", "Invalid value: '" + type + "' (expected: a client event).");
    }
  }

  String nextId(String prefix) {
    return prefix
        + Long.toHexString(Seeds.mix(Seeds.with(++ids, requestId) + System.identityHashCode(this)));
  }

  private void create(JsonNode event) {
    JsonNode given =
        JsonFields.object(event, "item", "item").orElseThrow(() -> JsonFields.missing("item"));
    ObjectNode item = (ObjectNode) given.deepCopy();
    String id = JsonFields.optionalText(item, "id", "item.id").orElseGet(() -> nextId("item_"));
    conversation.add(id, item);
    added(item.put("id", id).put("object", "realtime.item").put("status", "completed"));
  }

  private void added(ObjectNode item) {
    ObjectNode fields = JsonBody.object().putNull("previous_item_id");
    fields.set("item", item);
    send(names.itemAdded(), fields);
    if (!names.beta()) {
      send("conversation.item.done", fields);
    }
  }

  private void delete(JsonNode event) {
    String id = JsonFields.text(event, "item_id", "item_id");
    if (!conversation.delete(id)) {
      throw Problem.invalid(
          "item_id", "item_delete_invalid_item_id", "There is no item of the id '" + id + "'.");
    }
    send("conversation.item.deleted", JsonBody.object().put("item_id", id));
  }

  private void append(JsonNode event) {
    byte[] audio = Conversation.decoded(event, "audio", "audio");
    if (audioBytes + audio.length > MAX_AUDIO_BYTES) {
      throw Problem.invalid(
          "audio", "The audio is too large (expected: <= " + MAX_AUDIO_BYTES + " bytes).");
    }
    audioBytes += audio.length;
    audioSeed = 31 * audioSeed + Arrays.hashCode(audio);
    if (settings.detectsTurns()) {
      detect(audio);
    }
  }

  /** Somebody who has made a sound and is silent for half a second has had their say. */
  private void detect(byte[] audio) {
    for (byte sample : audio) {
      if (sample != 0) {
        silentBytes = 0;
        if (!speaking) {
          speaking = true;
          active.ifPresent(RealtimeResponse::interrupt);
          send("input_audio_buffer.speech_started", JsonBody.object().put("audio_start_ms", 0));
        }
      } else {
        silentBytes++;
      }
    }
    if (speaking && silentBytes >= TURN_ENDS_AFTER_BYTES) {
      speaking = false;
      silentBytes = 0;
      send("input_audio_buffer.speech_stopped", JsonBody.object().put("audio_end_ms", 0));
      commit();
      if (settings.answersTurns() && active.isEmpty()) {
        respond(JsonBody.object());
      }
    }
  }

  private void commit() {
    if (audioBytes == 0) {
      throw Problem.invalid(
          "", "input_audio_buffer_commit_empty", "The input audio buffer is empty.");
    }
    int bytes = audioBytes;
    audioBytes = 0;
    String id = nextId("item_");
    conversation.heard(id, bytes);
    ObjectNode committed = JsonBody.object().putNull("previous_item_id").put("item_id", id);
    send("input_audio_buffer.committed", committed);
    ObjectNode item =
        JsonBody.object()
            .put("id", id)
            .put("object", "realtime.item")
            .put("type", "message")
            .put("status", "completed")
            .put("role", "user");
    item.putArray("content").addObject().put("type", "input_audio").putNull("transcript");
    added(item);
    settings
        .transcriptionModel()
        .ifPresent(
            model ->
                new InputTranscription(site, this, requestId, model, steering)
                    .start(id, bytes, audioSeed));
  }

  private void respond(JsonNode event) {
    if (active.isPresent()) {
      throw Problem.invalid(
          "",
          "conversation_already_has_active_response",
          "Conversation already has an active response in progress.");
    }
    RealtimeResponse response =
        new RealtimeResponse(
            site, this, conversation, names, steering, settings.with(event.path("response")));
    active = Optional.of(response);
    try {
      response.start(requestId);
    } catch (Problem problem) {
      active = Optional.empty();
      throw problem;
    }
  }

  /** The response has ended, one way or another. */
  void over() {
    active = Optional.empty();
  }

  /** Cuts the connection, without a word. */
  void cut() {
    var unused = connection.close();
  }

  boolean isClosed() {
    return socket.isClosed();
  }
}
