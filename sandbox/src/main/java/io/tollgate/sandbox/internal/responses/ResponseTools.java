package io.tollgate.sandbox.internal.responses;

import io.tollgate.sandbox.internal.content.Tool;
import io.tollgate.sandbox.internal.content.ToolUse;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.StrictSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the tools of a response and what it says of their use. */
final class ResponseTools {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern BUILT_IN =
      Pattern.compile(
          "(web_search|file_search|code_interpreter|computer|image_generation|mcp|local_shell|shell"
              + "|custom|apply_patch)[a-z0-9_]*");

  private ResponseTools() {}

  static List<Tool> read(JsonNode root) {
    List<Tool> tools = new ArrayList<>();
    int index = 0;
    for (JsonNode node : JsonFields.array(root, "tools", "tools")) {
      String where = "tools[" + index++ + "]";
      String type = JsonFields.text(node, "type", where + ".type");
      if (type.equals("function")) {
        tools.add(function(node, where));
      } else if (!BUILT_IN.matcher(type).matches()) {
        throw Problem.invalid(
            where + ".type", "Invalid value: '" + type + "' (expected: function, …).");
      }
    }
    return tools;
  }

  private static Tool function(JsonNode node, String where) {
    String name = JsonFields.text(node, "name", where + ".name");
    if (!NAME.matcher(name).matches()) {
      throw Problem.invalid(
          where + ".name", "Invalid '" + where + ".name' (expected: 1..64 of A-Z a-z 0-9 _ -).");
    }
    Optional<JsonNode> schema = JsonFields.object(node, "parameters", where + ".parameters");
    if (JsonFields.flag(node, "strict") && schema.isPresent()) {
      StrictSchema.check(schema.get(), where + ".parameters");
    }
    return new Tool(name, node.path("parameters"));
  }

  static ToolUse use(JsonNode root, List<Tool> tools, String lastText) {
    boolean parallel =
        JsonFields.present(root, "parallel_tool_calls").isEmpty()
            || JsonFields.flag(root, "parallel_tool_calls");
    Optional<JsonNode> choice = JsonFields.present(root, "tool_choice");
    if (choice.isEmpty() || choice.get().asString("").equals("auto")) {
      return ToolUse.free(tools, lastText, parallel);
    }
    JsonNode given = choice.get();
    if (given.asString("").equals("none")) {
      return ToolUse.NONE;
    }
    if (JsonFields.array(root, "tools", "tools").isEmpty()) {
      throw Problem.invalid(
          "tool_choice", "", "Tool choice '" + given + "' must be specified with 'tools'.");
    }
    if (given.asString("").equals("required")) {
      return ToolUse.forced(tools, lastText, parallel);
    }
    if (given.path("type").asString("").equals("function")) {
      String name = JsonFields.text(given, "name", "tool_choice.name");
      Optional<Tool> named = tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
      if (named.isEmpty()) {
        throw Problem.invalid(
            "tool_choice", "Tool choice 'function' " + name + " not found in 'tools'.");
      }
      return new ToolUse(tools, named, parallel);
    }
    if (!given.isObject()) {
      throw Problem.invalid(
          "tool_choice",
          "Invalid 'tool_choice': " + given + " (expected: none, auto, required or an object).");
    }
    return ToolUse.free(tools, lastText, parallel);
  }
}
