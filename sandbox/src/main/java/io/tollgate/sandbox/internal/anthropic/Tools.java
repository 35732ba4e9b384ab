package io.tollgate.sandbox.internal.anthropic;

import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.content.Tool;
import io.tollgate.sandbox.internal.content.ToolUse;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the tools of a request and what it says of their use. */
final class Tools {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");

  /** A tool of the provider's own, such as web_search_20250305. */
  private static final Pattern BUILT_IN = Pattern.compile("[a-z_]+_\\d{8}");

  private static final Set<String> FIELDS =
      Set.of(
          "type",
          "name",
          "description",
          "input_schema",
          "cache_control",
          "strict",
          "defer_loading",
          "eager_input_streaming",
          "allowed_callers",
          "input_examples");

  private Tools() {}

  static List<Tool> read(JsonNode root, PromptCount count, CacheMarks marks) {
    List<Tool> tools = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int index = 0;
    for (JsonNode node : JsonFields.array(root, "tools", "tools")) {
      String where = "tools." + index++;
      if (!node.isObject()) {
        throw JsonFields.wrongType(where, "an object", node);
      }
      String name = JsonFields.text(node, "name", where + ".name");
      if (!names.add(name)) {
        throw Problem.invalid("tools", "tools: Tool names must be unique; given twice: " + name);
      }
      String type = JsonFields.optionalText(node, "type", where + ".type").orElse("custom");
      if (type.equals("custom")) {
        tools.add(custom(node, name, where + ".custom"));
      } else if (!BUILT_IN.matcher(type).matches()) {
        throw Problem.invalid(where, where + ": Input tag '" + type + "' found (expected: custom)");
      }
      count.read(Blocks.bare(node));
      marks.after(node, where);
    }
    return tools;
  }

  private static Tool custom(JsonNode node, String name, String where) {
    AnthropicDialect.only(JsonFields.unknown(node, FIELDS), where);
    if (!NAME.matcher(name).matches()) {
      throw Problem.invalid(
          where, where + ".name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'");
    }
    JsonNode schema =
        JsonFields.object(node, "input_schema", where + ".input_schema")
            .orElseThrow(() -> JsonFields.missing(where + ".input_schema"));
    if (!schema.path("type").asString("").equals("object")) {
      throw Problem.invalid(where, where + ".input_schema.type: Input should be 'object'");
    }
    return new Tool(name, schema);
  }

  static ToolUse use(JsonNode root, List<Tool> tools, String lastText, boolean thinkingIsOn) {
    Optional<JsonNode> given = JsonFields.object(root, "tool_choice", "tool_choice");
    if (given.isEmpty()) {
      return ToolUse.free(tools, lastText, true);
    }
    if (JsonFields.array(root, "tools", "tools").isEmpty()) {
      throw Problem.invalid(
          "tool_choice", "tool_choice: may only be specified while providing tools");
    }
    JsonNode choice = given.get();
    AnthropicDialect.only(
        JsonFields.unknown(choice, Set.of("type", "name", "disable_parallel_tool_use")),
        "tool_choice");
    boolean parallel = !JsonFields.flag(choice, "disable_parallel_tool_use");
    String type = JsonFields.text(choice, "type", "tool_choice.type");
    if (thinkingIsOn && (type.equals("any") || type.equals("tool"))) {
      throw Problem.invalid(
          "tool_choice", "Thinking may not be enabled when tool_choice forces tool use.");
    }
    return switch (type) {
      case "none" -> ToolUse.NONE;
      case "auto" -> ToolUse.free(tools, lastText, parallel);
      case "any" -> ToolUse.forced(tools, lastText, parallel);
      case "tool" -> {
        String name = JsonFields.text(choice, "name", "tool_choice.name");
        Optional<Tool> named = tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
        if (named.isEmpty()) {
          throw Problem.invalid("tool_choice", "Tool '" + name + "' not found in provided tools");
        }
        yield new ToolUse(tools, named, parallel);
      }
      default ->
          throw Problem.invalid(
              "tool_choice",
              "tool_choice: Input tag '" + type + "' found (expected: auto, any, tool or none)");
    };
  }
}
