package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes turns as contents that alternate: those of one role that follow one another are joined,
 * what tools answered comes first in its content, instructions in the middle become part of what
 * the user says next.
 */
final class TurnsWriter {
  private final MediaWriter media;
  private final ToolResultWriter results;
  private final Set<String> dropped;
  private final Map<String, JsonString> namesById = new HashMap<>();

  TurnsWriter(String model, MediaWriter media, Set<String> dropped) {
    this.media = media;
    this.dropped = dropped;
    results = new ToolResultWriter(model, media);
  }

  void write(List<Turn> turns, JsonWriter json) {
    List<Turn> joined = joined(turns);
    json.name("contents").array();
    int written = 0;
    for (Turn turn : joined) {
      boolean user = turn.role() != Turn.Role.ASSISTANT;
      ByteSink sink = new ByteSink();
      JsonWriter parts = new JsonWriter(sink);
      parts.array();
      if (user) {
        user(turn.parts(), parts);
      } else {
        model(turn.parts(), parts);
      }
      parts.endArray();
      if (sink.length() > 2) {
        written++;
        json.object()
            .name("role")
            .value(user ? "user" : "model")
            .name("parts")
            .raw(sink.take())
            .endObject();
      }
    }
    json.endArray();
    if (written == 0) {
      throw RequestFault.of("messages", "empty (expected: at least one that says something)");
    }
  }

  private static List<Turn> joined(List<Turn> turns) {
    List<Turn> joined = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    List<Part> instructions = new ArrayList<>();
    Turn.Role role = Turn.Role.USER;
    for (Turn turn : turns) {
      if (turn.role() == Turn.Role.SYSTEM) {
        instructions.addAll(turn.parts());
        continue;
      }
      if (turn.role() != role) {
        add(joined, role, parts);
        role = turn.role();
        parts = new ArrayList<>();
      }
      if (role == Turn.Role.USER) {
        parts.addAll(instructions);
        instructions.clear();
      }
      parts.addAll(turn.parts());
    }
    if (role == Turn.Role.USER) {
      parts.addAll(instructions);
      add(joined, role, parts);
    } else {
      add(joined, role, parts);
      add(joined, Turn.Role.USER, instructions);
    }
    return joined;
  }

  private static void add(List<Turn> joined, Turn.Role role, List<Part> parts) {
    if (!parts.isEmpty()) {
      joined.add(new Turn(role, parts));
    }
  }

  private void user(List<Part> parts, JsonWriter json) {
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        JsonString called = namesById.get(result.callId().text());
        if (called == null) {
          throw RequestFault.of(
              "messages",
              "a tool's result that answers no call (expected: the id of a call before)");
        }
        results.write(result, called, json);
      }
    }
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        results.writeMedia(result, json);
      }
    }
    for (Part part : parts) {
      said(part, json);
    }
  }

  private void model(List<Part> parts, JsonWriter json) {
    boolean called = false;
    for (Part part : parts) {
      if (part instanceof Part.ToolCall call) {
        namesById.put(call.id().text(), call.name());
        call(call, !called, json);
        called = true;
      } else {
        said(part, json);
      }
    }
  }

  private void said(Part part, JsonWriter json) {
    if (part.cache() != CacheMark.NONE) {
      dropped.add("cache_control");
    }
    switch (part) {
      case Part.Text text -> text(text.text(), json);
      case Part.Refusal refusal -> text(refusal.text(), json);
      case Part.Image image -> {
        if (image.detail().filter(detail -> !detail.equals("auto")).isPresent()) {
          dropped.add("detail");
        }
        media.write(image.media(), json);
      }
      case Part.Document document -> media.write(document.media(), json);
      case Part.Audio audio -> media.write(audio.media(), json);
      case Part.Thinking thinking -> thinking(thinking, json);
      // another provider's, or lost: nobody here can read it
      case Part.RedactedThinking _ -> {}
      // written where results and calls are
      case Part.ToolCall _, Part.ToolResult _ -> {}
    }
  }

  private static void text(JsonString text, JsonWriter json) {
    if (!text.isEmpty()) {
      json.object().name("text").value(text).endObject();
    }
  }

  /** Thoughts go back with the signature that proves them, or not at all. */
  private static void thinking(Part.Thinking thinking, JsonWriter json) {
    gemini(thinking.signature())
        .ifPresent(
            signature ->
                json.object()
                    .name("text")
                    .value(thinking.text())
                    .name("thought")
                    .value(true)
                    .name("thoughtSignature")
                    .value(signature)
                    .endObject());
  }

  private static void call(Part.ToolCall call, boolean first, JsonWriter json) {
    byte[] arguments = call.arguments().utf8();
    boolean none = new String(arguments, StandardCharsets.UTF_8).isBlank();
    if (!none && !EmbeddedJson.isObject(arguments)) {
      throw RequestFault.of(
          "arguments", "no JSON object, of a call of a tool (expected: a JSON object)");
    }
    json.object().name("functionCall").object();
    if (!call.id().isEmpty()) {
      json.name("id").value(call.id());
    }
    json.name("name").value(call.name()).name("args");
    if (none) {
      json.object().endObject();
    } else {
      json.raw(arguments);
    }
    json.endObject();
    Optional<JsonString> signature = gemini(call.signature());
    if (signature.isPresent()) {
      json.name("thoughtSignature").value(signature.get());
    } else if (first) {
      // a model that thinks refuses the first call of a step without one
      json.name("thoughtSignature").value(SignatureText.PLACEHOLDER);
    }
    json.endObject();
  }

  private static Optional<JsonString> gemini(Optional<Signature> signature) {
    return signature
        .filter(given -> given.protocol() == Protocol.GEMINI && !given.text().isEmpty())
        .map(Signature::text);
  }
}
