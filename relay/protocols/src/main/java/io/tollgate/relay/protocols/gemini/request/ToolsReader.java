package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Tool;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads tools and whether one must be called. A tool that Google runs is refused by its name. */
record ToolsReader(List<Tool> tools, ToolChoice choice) {
  static ToolsReader read(RequestField request) {
    List<Tool> tools = new ArrayList<>();
    request.member("tools").ifPresent(given -> given.items().forEach(tool -> add(tools, tool)));
    Optional<RequestField> calling =
        request.member("toolConfig").flatMap(given -> given.member("functionCallingConfig"));
    if (calling.isEmpty()) {
      return new ToolsReader(tools, new ToolChoice.Unsaid());
    }
    Optional<RequestField> mode = calling.get().member("mode");
    return switch (mode.map(field -> field.string().text().toUpperCase(Locale.ROOT)).orElse("")) {
      case "", "MODE_UNSPECIFIED" -> new ToolsReader(tools, new ToolChoice.Unsaid());
      case "AUTO" -> new ToolsReader(tools, new ToolChoice.Auto());
      case "VALIDATED" -> new ToolsReader(allowed(tools, calling.get()), new ToolChoice.Auto());
      case "NONE" -> new ToolsReader(tools, new ToolChoice.None());
      case "ANY" -> any(tools, calling.get());
      default -> throw mode.orElseThrow().wrong("AUTO, ANY, NONE or VALIDATED");
    };
  }

  private static ToolsReader any(List<Tool> tools, RequestField calling) {
    List<Tool> allowed = allowed(tools, calling);
    boolean named = calling.member("allowedFunctionNames").isPresent();
    return named && allowed.size() == 1
        ? new ToolsReader(tools, new ToolChoice.Named(allowed.getFirst().name()))
        : new ToolsReader(allowed, new ToolChoice.Any());
  }

  /** The tools that may be called: where only some of them may, others are not told of at all. */
  private static List<Tool> allowed(List<Tool> tools, RequestField calling) {
    Optional<RequestField> given = calling.member("allowedFunctionNames");
    List<RequestField> names = given.map(RequestField::items).orElse(List.of());
    if (names.isEmpty()) {
      return tools;
    }
    Map<String, Tool> byName = new HashMap<>();
    tools.forEach(tool -> byName.put(tool.name().text(), tool));
    Set<Tool> allowed = new LinkedHashSet<>();
    for (RequestField name : names) {
      Tool tool = byName.get(name.string().text());
      if (tool == null) {
        throw name.wrong("the name of a function that is declared");
      }
      allowed.add(tool);
    }
    return List.copyOf(allowed);
  }

  private static void add(List<Tool> tools, RequestField tool) {
    for (String name : tool.members().byName().keySet()) {
      boolean functions =
          name.equals("functionDeclarations") || name.equals("function_declarations");
      boolean given =
          !(tool.members().byName().get(name) instanceof JsonTree.Literal word && word.isNull());
      if (!functions && given) {
        throw RequestFault.of(
            tool.path(),
            "a tool that Google runs (expected: functionDeclarations, as the model that answers is"
                + " another provider's)");
      }
    }
    tool.member("functionDeclarations")
        .ifPresent(given -> given.items().forEach(function -> tools.add(function(function))));
  }

  private static Tool function(RequestField function) {
    JsonString name =
        function
            .member("name")
            .map(RequestField::string)
            .filter(given -> !given.isEmpty())
            .orElseThrow(
                () ->
                    RequestFault.of(
                        function.path() + ".name", "missing (expected: a function's name)"));
    JsonTree.Members parameters =
        function
            .member("parametersJsonSchema")
            .map(RequestField::members)
            .or(
                () ->
                    function
                        .member("parameters")
                        .map(field -> SchemaWords.jsonSchema(field.members())))
            .orElseGet(ToolsReader::nothing);
    return new Tool(
        name,
        function.member("description").map(RequestField::string),
        parameters,
        Optional.empty(),
        CacheMark.NONE);
  }

  private static JsonTree.Members nothing() {
    JsonTree.Members schema = new JsonTree.Members();
    schema.byName().put("type", JsonTree.text("object"));
    schema.byName().put("properties", new JsonTree.Members());
    return schema;
  }
}
