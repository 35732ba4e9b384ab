package io.tollgate.sandbox.internal.openai;

import io.tollgate.sandbox.internal.content.Caching;
import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.content.Question;
import io.tollgate.sandbox.internal.content.Thinking;
import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.content.Tool;
import io.tollgate.sandbox.internal.content.ToolUse;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads a chat completion request; thread-safe. */
final class ChatReader {
  private static final Pattern TOOL = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern THINKS = Pattern.compile("(o[1-9]|gpt-5).*");
  private static final Pattern SEARCHES = Pattern.compile(".+-search-(preview|api).*");
  private static final int MAX_CHOICES = 128;
  private static final List<String> EFFORTS =
      List.of("none", "minimal", "low", "medium", "high", "xhigh");

  private final TokenCounter counter;

  ChatReader(TokenCounter counter) {
    this.counter = counter;
  }

  /**
   * Reads a body.
   *
   * @throws Problem when it is not a request this protocol allows
   */
  ChatRequest read(byte[] body) {
    JsonNode root = JsonBody.object(body);
    String model = Models.checked(JsonFields.text(root, "model", "model"));
    PromptCount count = new PromptCount(counter, model);
    new ChatMessages(count).read(root.path("messages"));
    List<Tool> tools = tools(root);
    if (!tools.isEmpty()) {
      count.read(root.path("tools").toString());
    }
    JsonFields.number(root, "temperature", 0, 2);
    JsonFields.number(root, "top_p", 0, 1);
    JsonFields.number(root, "presence_penalty", -2, 2);
    JsonFields.number(root, "frequency_penalty", -2, 2);
    boolean stream = JsonFields.flag(root, "stream");
    Question question =
        new Question(
            model,
            count.prompt(),
            stream,
            JsonFields.integer(root, "n", 1, MAX_CHOICES).orElse(1),
            outputLimit(root, model),
            toolUse(root, tools, count.prompt().lastText()),
            schema(root),
            stops(root),
            thinking(root),
            Caching.NONE);
    boolean searches =
        JsonFields.object(root, "web_search_options", "web_search_options").isPresent()
            || SEARCHES.matcher(model).matches();
    return new ChatRequest(question, includeUsage(root, stream), searches);
  }

  private static Thinking thinking(JsonNode root) {
    return JsonFields.word(root, "reasoning_effort", "reasoning_effort", EFFORTS).equals("none")
        ? Thinking.UNASKED
        : Thinking.freely();
  }

  static List<String> stops(JsonNode root) {
    JsonNode stop = root.path("stop");
    if (stop.isString()) {
      return stop.stringValue().isEmpty() ? List.of() : List.of(stop.stringValue());
    }
    JsonNode given = JsonFields.array(root, "stop", "stop");
    List<String> stops = new ArrayList<>();
    for (JsonNode one : given) {
      if (!one.isString()) {
        throw JsonFields.wrongType("stop", "an array of strings", one);
      }
      stops.add(one.stringValue());
    }
    if (stops.size() > 4) {
      throw Problem.invalid(
          "stop",
          "array_above_max_length",
          "Invalid 'stop': " + stops.size() + " texts (expected: at most 4).");
    }
    return stops.stream().filter(one -> !one.isEmpty()).toList();
  }

  static boolean includeUsage(JsonNode root, boolean stream) {
    Optional<JsonNode> options = JsonFields.present(root, "stream_options");
    if (options.isEmpty()) {
      return false;
    }
    if (!stream) {
      throw Problem.invalid(
          "stream_options", "", "'stream_options' is allowed only with 'stream': true.");
    }
    if (!options.get().isObject()) {
      throw JsonFields.wrongType("stream_options", "an object", options.get());
    }
    return JsonFields.flag(options.get(), "include_usage");
  }

  private static OptionalInt outputLimit(JsonNode root, String model) {
    OptionalInt older = JsonFields.integer(root, "max_tokens", 1, Integer.MAX_VALUE);
    OptionalInt newer = JsonFields.integer(root, "max_completion_tokens", 1, Integer.MAX_VALUE);
    if (older.isPresent() && newer.isPresent()) {
      throw Problem.invalid(
          "max_tokens",
          "invalid_parameter_combination",
          "'max_tokens' and 'max_completion_tokens' cannot be set together.");
    }
    if (older.isPresent() && THINKS.matcher(model).matches()) {
      throw Problem.invalid(
          "max_tokens",
          "unsupported_parameter",
          "Unsupported parameter: 'max_tokens' is not supported with this model (expected:"
              + " 'max_completion_tokens').");
    }
    return newer.isPresent() ? newer : older;
  }

  private static List<Tool> tools(JsonNode root) {
    Optional<JsonNode> given = JsonFields.present(root, "tools");
    if (given.isEmpty()) {
      return List.of();
    }
    if (!given.get().isArray()) {
      throw JsonFields.wrongType("tools", "an array of objects", given.get());
    }
    List<Tool> tools = new ArrayList<>();
    int index = 0;
    for (JsonNode node : given.get()) {
      String where = "tools[" + index++ + "].function";
      JsonNode function = node.path("function");
      if (!function.isObject()) {
        throw JsonFields.missing(where);
      }
      String name = JsonFields.text(function, "name", where + ".name");
      if (!TOOL.matcher(name).matches()) {
        throw Problem.invalid(
            where + ".name",
            "invalid_value",
            "Invalid '" + where + ".name' (expected: 1..64 of A-Z a-z 0-9 _ -).");
      }
      if (JsonFields.flag(function, "strict") && function.path("parameters").isObject()) {
        StrictSchema.check(function.path("parameters"), where + ".parameters");
      }
      tools.add(new Tool(name, function.path("parameters")));
    }
    return tools;
  }

  private static ToolUse toolUse(JsonNode root, List<Tool> tools, String lastText) {
    boolean parallel =
        JsonFields.present(root, "parallel_tool_calls").isEmpty()
            || JsonFields.flag(root, "parallel_tool_calls");
    Optional<JsonNode> choice = JsonFields.present(root, "tool_choice");
    if (choice.isEmpty()) {
      return ToolUse.free(tools, lastText, parallel);
    }
    if (tools.isEmpty()) {
      throw Problem.invalid(
          "tool_choice", "", "'tool_choice' is allowed only when 'tools' are given.");
    }
    JsonNode given = choice.get();
    if (given.isString()) {
      return switch (given.stringValue()) {
        case "none" -> ToolUse.NONE;
        case "auto" -> ToolUse.free(tools, lastText, parallel);
        case "required" -> ToolUse.forced(tools, lastText, parallel);
        default -> throw unknownChoice(given);
      };
    }
    String name = given.path("function").path("name").asString("");
    Optional<Tool> named = tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    return new ToolUse(tools, Optional.of(named.orElseThrow(() -> unknownChoice(given))), parallel);
  }

  private static Problem unknownChoice(JsonNode given) {
    return Problem.invalid(
        "tool_choice",
        "invalid_value",
        "Invalid 'tool_choice': " + given + " (expected: none, auto, required or a tool given).");
  }

  private static Optional<JsonNode> schema(JsonNode root) {
    JsonNode format = root.path("response_format");
    return switch (format.path("type").asString("text")) {
      case "json_schema" -> {
        String where = "response_format.json_schema";
        JsonNode given = format.path("json_schema");
        JsonFields.text(given, "name", where + ".name");
        if (JsonFields.flag(given, "strict")) {
          StrictSchema.check(given.path("schema"), where + ".schema");
        }
        yield Optional.of(given.path("schema"));
      }
      case "json_object" -> Optional.of(format.path("schema"));
      case "text" -> Optional.empty();
      default ->
          throw Problem.invalid(
              "response_format.type",
              "invalid_value",
              "Invalid 'response_format.type' (expected: text, json_object or json_schema).");
    };
  }
}
