package io.tollgate.sandbox.internal.gemini;

import io.tollgate.sandbox.internal.content.Tool;
import io.tollgate.sandbox.internal.content.ToolUse;
import io.tollgate.sandbox.internal.json.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the tools of a request and what it says of their use. */
final class GeminiTools {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}");
  private static final Set<String> TOOLS =
      Set.of(
          "functionDeclarations",
          "googleSearch",
          "googleSearchRetrieval",
          "codeExecution",
          "urlContext",
          "googleMaps",
          "fileSearch",
          "computerUse",
          "mcpServers");
  private static final Set<String> FUNCTION =
      Set.of(
          "name",
          "description",
          "parameters",
          "parametersJsonSchema",
          "response",
          "responseJsonSchema",
          "behavior");
  private static final Set<String> SCHEMA =
      Set.of(
          "type",
          "format",
          "title",
          "description",
          "nullable",
          "enum",
          "maxItems",
          "minItems",
          "properties",
          "required",
          "minProperties",
          "maxProperties",
          "minLength",
          "maxLength",
          "pattern",
          "example",
          "anyOf",
          "propertyOrdering",
          "default",
          "items",
          "minimum",
          "maximum");
  private static final Set<String> TYPES =
      Set.of("STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL");
  private static final int DEEPEST = 32;

  private GeminiTools() {}

  static List<Tool> read(JsonNode root) {
    List<Tool> tools = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int index = 0;
    for (JsonNode tool : Proto.array(root, "tools", "tools")) {
      String where = "tools[" + index++ + "]";
      Proto.only(tool, TOOLS, where);
      int function = 0;
      String at = where + ".function_declarations";
      for (JsonNode node : Proto.array(tool, "functionDeclarations", at)) {
        Tool read = function(node, at + "[" + function++ + "]");
        if (!names.add(read.name())) {
          throw Problem.invalid(at, "Duplicate function declaration found: " + read.name());
        }
        tools.add(read);
      }
    }
    return tools;
  }

  private static Tool function(JsonNode node, String where) {
    Proto.only(node, FUNCTION, where);
    String name = Proto.text(node, "name", where + ".name").orElse("");
    if (!NAME.matcher(name).matches()) {
      throw Problem.invalid(
          where + ".name",
          "* "
              + where
              + ".name: Invalid function name. Must start with a letter or an underscore, with a"
              + " maximum length of 128; given: "
              + name);
    }
    JsonNode schema = Proto.get(node, "parameters");
    JsonNode json = Proto.get(node, "parametersJsonSchema");
    if (!schema.isMissingNode()) {
      if (!json.isMissingNode()) {
        throw Problem.invalid(where, "parameters and parameters_json_schema must not both be set.");
      }
      schema(schema, where + ".parameters", 0);
      return new Tool(name, schema);
    }
    return new Tool(name, json);
  }

  /** Refuses what a schema of Google's own kind does not have. */
  static void schema(JsonNode schema, String where, int depth) {
    if (!schema.isObject() || depth > DEEPEST) {
      throw Problem.invalid(where, "Invalid value at '" + where + "' (expected: a schema)");
    }
    Proto.only(schema, SCHEMA, where);
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      throw Problem.invalid(
          where,
          "Invalid value at '"
              + where
              + ".type': Proto field is not repeating, cannot start list.");
    }
    String name = type.asString("").toUpperCase(Locale.ROOT);
    if (!type.isMissingNode() && !TYPES.contains(name)) {
      throw Problem.invalid(where, "Invalid value at '" + where + ".type': " + type);
    }
    if (name.equals("ARRAY") && !schema.has("items")) {
      throw Problem.invalid(where, "* " + where + ".items: missing field.");
    }
    for (JsonNode one : schema.path("enum")) {
      if (!one.isString()) {
        throw Problem.invalid(where, "Invalid value at '" + where + ".enum' (TYPE_STRING), " + one);
      }
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      schema(property.getValue(), where + ".properties[" + property.getKey() + "]", depth + 1);
    }
    if (schema.has("items")) {
      schema(schema.path("items"), where + ".items", depth + 1);
    }
    for (JsonNode one : Proto.get(schema, "anyOf")) {
      schema(one, where + ".any_of", depth + 1);
    }
  }

  static ToolUse use(JsonNode root, List<Tool> tools, String lastText) {
    JsonNode config = Proto.get(root, "toolConfig");
    if (!config.isMissingNode()) {
      Proto.only(
          config,
          Set.of("functionCallingConfig", "retrievalConfig", "includeServerSideToolInvocations"),
          "tool_config");
    }
    JsonNode calling = Proto.get(config, "functionCallingConfig");
    if (calling.isMissingNode()) {
      return ToolUse.free(tools, lastText, true);
    }
    String where = "tool_config.function_calling_config";
    Proto.only(
        calling, Set.of("mode", "allowedFunctionNames", "streamFunctionCallArguments"), where);
    String mode =
        Proto.word(
            calling,
            "mode",
            where + ".mode",
            List.of("AUTO", "ANY", "NONE", "VALIDATED", "MODE_UNSPECIFIED"));
    List<String> names = new ArrayList<>();
    for (JsonNode name :
        Proto.array(calling, "allowedFunctionNames", where + ".allowed_function_names")) {
      names.add(name.asString(""));
    }
    if (!names.isEmpty() && !mode.equals("ANY") && !mode.equals("VALIDATED")) {
      throw Problem.invalid(
          where, "allowed_function_names should be set only when the mode is ANY or VALIDATED.");
    }
    for (String name : names) {
      if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
        throw Problem.invalid(where, "allowed_function_names: not declared: " + name);
      }
    }
    List<Tool> allowed =
        tools.stream().filter(tool -> names.isEmpty() || names.contains(tool.name())).toList();
    return switch (mode) {
      case "NONE" -> ToolUse.NONE;
      case "ANY" -> {
        if (tools.isEmpty()) {
          throw Problem.invalid(where, "Function calling mode is ANY but no function is declared.");
        }
        yield ToolUse.forced(allowed, lastText, true);
      }
      default -> ToolUse.free(allowed, lastText, true);
    };
  }
}
