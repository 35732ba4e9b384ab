package io.tollgate.sandbox.internal.realtime;

import io.tollgate.sandbox.internal.content.Tool;
import io.tollgate.sandbox.internal.content.ToolUse;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a session, or one response of it, is set to. */
final class SessionSettings {
  private static final List<String> TYPES = List.of("realtime", "transcription");

  private final String model;
  private final EventNames names;
  private final ObjectNode json;

  SessionSettings(String model, EventNames names) {
    this(model, names, JsonBody.object());
    json.put("id", "sess_" + Integer.toHexString(System.identityHashCode(this)))
        .put("object", "realtime.session");
    if (!names.beta()) {
      json.put("type", "realtime");
    }
    json.put("model", model).put("instructions", "").put("tool_choice", "auto");
    json.putArray(names.modalities()).add("audio");
    if (names.beta()) {
      json.withArray("/" + names.modalities()).add("text");
    }
    json.putArray("tools");
  }

  private SessionSettings(String model, EventNames names, ObjectNode json) {
    this.model = model;
    this.names = names;
    this.json = json;
  }

  ObjectNode json() {
    return json;
  }

  String model() {
    return model;
  }

  /** Takes what is given, field by field. */
  void update(JsonNode given) {
    if (!given.isObject()) {
      throw JsonFields.missing("session");
    }
    if (!names.beta()) {
      JsonFields.text(given, "type", "session.type");
      JsonFields.word(given, "type", "session.type", TYPES);
    }
    SessionSettings changed = with(given);
    json.setAll(changed.json);
  }

  /** The same with other fields. */
  SessionSettings with(JsonNode given) {
    ObjectNode changed = (ObjectNode) json.deepCopy();
    if (given.isObject()) {
      changed.setAll((ObjectNode) given.deepCopy());
    }
    SessionSettings settings = new SessionSettings(model, names, changed);
    settings.check();
    return settings;
  }

  private void check() {
    for (JsonNode modality : JsonFields.array(json, names.modalities(), names.modalities())) {
      if (!modality.asString("").equals("audio") && !modality.asString("").equals("text")) {
        throw Problem.invalid(
            names.modalities(), "Invalid value: " + modality + " (expected: text or audio).");
      }
    }
    JsonFields.optionalText(json, "instructions", "instructions");
    tools();
    limit();
    transcriptionModel().ifPresent(Models::checked);
  }

  boolean speaks() {
    return json.path(names.modalities()).toString().contains("\"audio\"");
  }

  /** All that is read before the conversation. */
  String before() {
    JsonNode tools = json.path("tools");
    return json.path("instructions").asString("") + (tools.isEmpty() ? "" : tools.toString());
  }

  OptionalInt limit() {
    String name = names.beta() ? "max_response_output_tokens" : "max_output_tokens";
    return json.path(name).asString("").equals("inf")
        ? OptionalInt.empty()
        : JsonFields.integer(json, name, 1, 32_768);
  }

  private List<Tool> tools() {
    List<Tool> tools = new ArrayList<>();
    for (JsonNode tool : JsonFields.array(json, "tools", "tools")) {
      if (JsonFields.text(tool, "type", "tools.type").equals("function")) {
        tools.add(new Tool(JsonFields.text(tool, "name", "tools.name"), tool.path("parameters")));
      }
    }
    return tools;
  }

  ToolUse toolUse(String lastText) {
    return switch (json.path("tool_choice").asString("auto")) {
      case "none" -> ToolUse.NONE;
      case "required" -> ToolUse.forced(tools(), lastText, true);
      default -> ToolUse.free(tools(), lastText, true);
    };
  }

  /** Whether the end of what somebody says is heard. */
  boolean detectsTurns() {
    return turnDetection().isObject();
  }

  /** Whether a response begins then by itself. */
  boolean answersTurns() {
    return turnDetection().path("create_response").asBoolean(true);
  }

  private JsonNode turnDetection() {
    return names.beta()
        ? json.path("turn_detection")
        : json.path("audio").path("input").path("turn_detection");
  }

  /** The model that writes down what is said to the session, if any does. */
  Optional<String> transcriptionModel() {
    JsonNode transcription =
        names.beta()
            ? json.path("input_audio_transcription")
            : json.path("audio").path("input").path("transcription");
    return transcription.isObject()
        ? Optional.of(transcription.path("model").asString("whisper-1"))
        : Optional.empty();
  }
}
