package io.tollgate.relay.protocols.anthropic.request;

import io.tollgate.relay.protocols.conversation.Tool;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which tools may be called, and whether one must be. */
final class ToolsReader {
  private ToolsReader() {}

  static List<Tool> tools(BodyNode body) {
    List<Tool> tools = new ArrayList<>();
    body.member("tools").ifPresent(given -> given.items().forEach(tool -> tools.add(tool(tool))));
    return tools;
  }

  static ToolChoice choice(BodyNode body) {
    Optional<BodyNode> choice = body.member("tool_choice");
    if (choice.isEmpty()) {
      return new ToolChoice.Unsaid();
    }
    BodyNode given = choice.get().object();
    String type = given.word("type");
    return switch (type) {
      case "auto" -> new ToolChoice.Auto();
      case "any" -> new ToolChoice.Any();
      case "none" -> new ToolChoice.None();
      case "tool" -> new ToolChoice.Named(given.required("name", "the name of a tool").text());
      default ->
          throw given.fault("type " + Given.shown(type) + " (expected: auto, any, tool or none)");
    };
  }

  static Optional<Boolean> parallelCalls(BodyNode body) {
    return body.member("tool_choice")
        .flatMap(choice -> choice.object().flag("disable_parallel_tool_use"))
        .map(disabled -> !disabled);
  }

  private static Tool tool(BodyNode given) {
    String type = given.object().word("type");
    if (!type.isEmpty() && !type.equals("custom")) {
      throw given.fault(
          "of type "
              + Given.shown(type)
              + ", which only Anthropic's models know (expected: a tool with an input_schema)");
    }
    JsonString name = given.required("name", "the name of the tool").text();
    return new Tool(
        name,
        given.text("description"),
        given.required("input_schema", "a JSON schema").tree(),
        given.flag("strict"),
        CacheMarks.of(given));
  }
}
