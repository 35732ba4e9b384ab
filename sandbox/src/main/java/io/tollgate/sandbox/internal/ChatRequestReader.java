package io.tollgate.sandbox.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a chat completion request; thread-safe. */
final class ChatRequestReader {
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._:/-]{1,128}");
  private static final Pattern TOOL = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int MOST_CHOICES = 128;

  private final JsonMapper json = new JsonMapper();
  private final TokenCounter counter;

  ChatRequestReader(TokenCounter counter) {
    this.counter = counter;
  }

  /**
   * Reads a body.
   *
   * @throws OpenAiProblem when it is not a request this protocol allows
   */
  ChatRequest read(byte[] body) {
    JsonNode root = parse(body);
    String model = JsonFields.text(root, "model", "model");
    if (!MODEL.matcher(model).matches()) {
      throw new OpenAiProblem(
          404,
          "invalid_request_error",
          "model_not_found",
          "model",
          "The model does not exist (expected: a name of 1..128 of A-Z a-z 0-9 . _ : / -).");
    }
    PromptReader reader = new PromptReader(counter, model);
    ChatRequest.Prompt prompt = reader.read(root.path("messages"));
    List<ChatRequest.Tool> tools = tools(root);
    if (!tools.isEmpty()) {
      prompt = reader.with(root.path("tools"));
    }
    JsonFields.number(root, "temperature", 0, 2);
    JsonFields.number(root, "top_p", 0, 1);
    boolean stream = JsonFields.flag(root, "stream");
    return new ChatRequest(
        model,
        prompt.tokens(),
        prompt.seed(),
        stream,
        includeUsage(root, stream),
        JsonFields.integer(root, "n", 1, MOST_CHOICES).orElse(1),
        outputLimit(root),
        call(root, tools, prompt.lastText()),
        schema(root));
  }

  private JsonNode parse(byte[] body) {
    JsonNode root;
    try {
      root = json.readTree(body);
    } catch (JacksonException e) {
      throw OpenAiProblem.invalid(
          "", "", "Could not parse the body as JSON: " + e.getOriginalMessage() + ".");
    }
    if (!root.isObject()) {
      throw OpenAiProblem.invalid("", "", "Could not read the body (expected: a JSON object).");
    }
    return root;
  }

  private static boolean includeUsage(JsonNode root, boolean stream) {
    Optional<JsonNode> options = JsonFields.present(root, "stream_options");
    if (options.isEmpty()) {
      return false;
    }
    if (!stream) {
      throw OpenAiProblem.invalid(
          "stream_options", "", "'stream_options' is allowed only with 'stream': true.");
    }
    if (!options.get().isObject()) {
      throw JsonFields.wrongType("stream_options", "an object", options.get());
    }
    return JsonFields.flag(options.get(), "include_usage");
  }

  private static OptionalInt outputLimit(JsonNode root) {
    OptionalInt older = JsonFields.integer(root, "max_tokens", 1, Integer.MAX_VALUE);
    OptionalInt newer = JsonFields.integer(root, "max_completion_tokens", 1, Integer.MAX_VALUE);
    if (older.isPresent() && newer.isPresent()) {
      throw OpenAiProblem.invalid(
          "max_tokens",
          "invalid_parameter_combination",
          "'max_tokens' and 'max_completion_tokens' cannot be set together.");
    }
    return newer.isPresent() ? newer : older;
  }

  private static List<ChatRequest.Tool> tools(JsonNode root) {
    Optional<JsonNode> given = JsonFields.present(root, "tools");
    if (given.isEmpty()) {
      return List.of();
    }
    if (!given.get().isArray()) {
      throw JsonFields.wrongType("tools", "an array of objects", given.get());
    }
    List<ChatRequest.Tool> tools = new ArrayList<>();
    int index = 0;
    for (JsonNode node : given.get()) {
      String where = "tools[" + index++ + "].function";
      JsonNode function = node.path("function");
      if (!function.isObject()) {
        throw JsonFields.missing(where);
      }
      String name = JsonFields.text(function, "name", where + ".name");
      if (!TOOL.matcher(name).matches()) {
        throw OpenAiProblem.invalid(
            where + ".name",
            "invalid_value",
            "Invalid '" + where + ".name' (expected: 1..64 of A-Z a-z 0-9 _ -).");
      }
      tools.add(new ChatRequest.Tool(name, function.path("parameters")));
    }
    return tools;
  }

  private static Optional<ChatRequest.Tool> call(
      JsonNode root, List<ChatRequest.Tool> tools, String lastText) {
    Optional<JsonNode> choice = JsonFields.present(root, "tool_choice");
    if (choice.isEmpty()) {
      return ChatRequest.named(tools, lastText);
    }
    if (tools.isEmpty()) {
      throw OpenAiProblem.invalid(
          "tool_choice", "", "'tool_choice' is allowed only when 'tools' are given.");
    }
    JsonNode given = choice.get();
    if (given.isString()) {
      return switch (given.stringValue()) {
        case "none" -> Optional.empty();
        case "auto" -> ChatRequest.named(tools, lastText);
        case "required" ->
            ChatRequest.named(tools, lastText).or(() -> Optional.of(tools.getFirst()));
        default -> throw unknownChoice(given);
      };
    }
    String name = given.path("function").path("name").asString("");
    return Optional.of(
        tools.stream()
            .filter(tool -> tool.name().equals(name))
            .findFirst()
            .orElseThrow(() -> unknownChoice(given)));
  }

  private static OpenAiProblem unknownChoice(JsonNode given) {
    return OpenAiProblem.invalid(
        "tool_choice",
        "invalid_value",
        "Invalid 'tool_choice': " + given + " (expected: none, auto, required or a tool given).");
  }

  private static Optional<JsonNode> schema(JsonNode root) {
    JsonNode format = root.path("response_format");
    return switch (format.path("type").asString("text")) {
      case "json_schema" -> Optional.of(format.path("json_schema").path("schema"));
      case "json_object" -> Optional.of(format.path("schema"));
      case "text" -> Optional.empty();
      default ->
          throw OpenAiProblem.invalid(
              "response_format.type",
              "invalid_value",
              "Invalid 'response_format.type' (expected: text, json_object or json_schema).");
    };
  }
}
