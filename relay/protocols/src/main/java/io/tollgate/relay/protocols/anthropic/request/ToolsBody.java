package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Tool;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.json.JsonWriter;

/** Writes the tools that may be called, and whether one must be. */
final class ToolsBody {
  private final Conversation asked;
  private final ClaudeModel model;

  ToolsBody(Conversation asked, ClaudeModel model) {
    this.asked = requireNonNull(asked, "asked is null");
    this.model = requireNonNull(model, "model is null");
  }

  void write(JsonWriter json) {
    if (asked.tools().isEmpty()) {
      // without tools, no choice of one is taken
      return;
    }
    json.name("tools").array();
    asked.tools().forEach(tool -> write(tool, json));
    json.endArray();
    writeChoice(json);
  }

  private void write(Tool tool, JsonWriter json) {
    json.object().name("name").value(tool.name());
    tool.description()
        .filter(words -> !words.isEmpty())
        .ifPresent(words -> json.name("description").value(words));
    json.name("input_schema").value(ofObject(tool.parameters()));
    if (tool.strict().orElse(false) && model.takesStrictTools()) {
      json.name("strict").value(true);
    }
    CacheMarks.write(tool.cache(), json);
    json.endObject();
  }

  /** Anthropic wants the schema to say that it is one of an object. */
  private static JsonTree.Members ofObject(JsonTree.Members schema) {
    if (schema.byName().containsKey("type")) {
      return schema;
    }
    JsonTree.Members typed = new JsonTree.Members();
    typed.byName().put("type", JsonTree.text("object"));
    typed.byName().putAll(schema.byName());
    return typed;
  }

  private void writeChoice(JsonWriter json) {
    boolean single = !asked.parallelCalls().orElse(true);
    switch (asked.toolChoice()) {
      case ToolChoice.Unsaid() -> {
        if (single) {
          begin("auto", json);
          end(true, json);
        }
      }
      case ToolChoice.Auto() -> {
        begin("auto", json);
        end(single, json);
      }
      case ToolChoice.None() -> {
        begin("none", json);
        json.endObject();
      }
      case ToolChoice.Any() -> {
        begin("any", json);
        end(single, json);
      }
      case ToolChoice.Named(JsonString name) -> {
        begin("tool", json);
        json.name("name").value(name);
        end(single, json);
      }
    }
  }

  private static void begin(String type, JsonWriter json) {
    json.name("tool_choice").object().name("type").value(type);
  }

  private static void end(boolean single, JsonWriter json) {
    if (single) {
      json.name("disable_parallel_tool_use").value(true);
    }
    json.endObject();
  }
}
