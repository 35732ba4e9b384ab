package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Tool;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes tools, and whether one must be called. */
final class ToolsWriter {
  private final JsonWriter json;
  private final Set<String> dropped;

  ToolsWriter(JsonWriter json, Set<String> dropped) {
    this.json = json;
    this.dropped = dropped;
  }

  void write(Conversation conversation) {
    List<Tool> tools = conversation.tools();
    if (tools.isEmpty()) {
      return;
    }
    if (tools.size() > ToolListReader.MAX_FUNCTIONS) {
      throw RequestFault.of(
          "tools", tools.size() + " (expected: at most " + ToolListReader.MAX_FUNCTIONS + ")");
    }
    json.name("tools").array().object().name("functionDeclarations").array();
    int index = 0;
    for (Tool tool : tools) {
      function(tool, "tools[" + index++ + "]");
    }
    json.endArray().endObject().endArray();
    choice(conversation.toolChoice(), tools);
    if (conversation.parallelCalls().equals(Optional.of(false))) {
      // what calls come are right all the same, and a caller can answer them one by one
      dropped.add("parallel_tool_calls");
    }
  }

  private void function(Tool tool, String path) {
    json.object().name("name").value(tool.name());
    tool.description().ifPresent(words -> json.name("description").value(words));
    JsonTree.Members schema = SchemaRefs.inlined(tool.parameters(), path + ".parameters");
    Optional<JsonTree.Members> cut = SchemaCut.of(schema);
    if (cut.isEmpty() && !schema.byName().isEmpty()) {
      json.name("parametersJsonSchema").value(schema);
    } else if (cut.isPresent() && !isNothing(cut.get())) {
      json.name("parameters").value(cut.get());
    }
    json.endObject();
    if (tool.strict().equals(Optional.of(true))) {
      dropped.add("strict");
    }
    if (tool.cache() != CacheMark.NONE) {
      dropped.add("cache_control");
    }
  }

  /** Whether a function takes nothing: Gemini wants no schema of nothing. */
  private static boolean isNothing(JsonTree.Members cut) {
    return cut.byName().size() == 1
        && cut.byName().get("type") instanceof JsonTree.Text type
        && type.string().text().equals("OBJECT");
  }

  private void choice(ToolChoice choice, List<Tool> tools) {
    switch (choice) {
      case ToolChoice.Unsaid _ -> {}
      case ToolChoice.Auto _ -> mode("AUTO").endObject().endObject();
      case ToolChoice.None _ -> mode("NONE").endObject().endObject();
      case ToolChoice.Any _ -> mode("ANY").endObject().endObject();
      case ToolChoice.Named named -> {
        if (tools.stream().noneMatch(tool -> tool.name().same(named.name()))) {
          throw RequestFault.of(
              "tool_choice", "names a tool that is not given (expected: one of tools)");
        }
        mode("ANY")
            .name("allowedFunctionNames")
            .array()
            .value(named.name())
            .endArray()
            .endObject()
            .endObject();
      }
    }
  }

  private JsonWriter mode(String mode) {
    return json.name("toolConfig")
        .object()
        .name("functionCallingConfig")
        .object()
        .name("mode")
        .value(mode);
  }
}
