package io.tollgate.relay.protocols.openai.request;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Hints;
import io.tollgate.relay.protocols.conversation.OutputFormat;
import io.tollgate.relay.protocols.conversation.Reasoning;
import io.tollgate.relay.protocols.conversation.Sampling;
import io.tollgate.relay.protocols.conversation.Tool;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.internal.json.JsonFields;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads a chat request as a conversation in no protocol's words. */
final class ChatConversation {
  private static final JsonString SCHEMA_NAME = JsonString.of("answer");
  private static final int MAX_TOOLS = 1024;

  /** What is read here, or seen to elsewhere; anything else that is given is a hint. */
  private static final Set<String> READ =
      Set.of(
          "model",
          "messages",
          "stream",
          "stream_options",
          "n",
          "max_tokens",
          "max_completion_tokens",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "temperature",
          "top_p",
          "top_k",
          "stop",
          "seed",
          "frequency_penalty",
          "presence_penalty",
          "response_format",
          "reasoning_effort",
          "user",
          "prompt_cache_key",
          "modalities");

  /** What changes the answer and has no word in the common form. */
  private static final List<String> ONLY_HERE =
      List.of(
          "audio",
          "functions",
          "function_call",
          "web_search_options",
          "plugins",
          "cached_content",
          "top_logprobs");

  private final JsonFields body;
  private final boolean stream;

  private ChatConversation(JsonFields body, boolean stream) {
    this.body = body;
    this.stream = stream;
  }

  /**
   * @param body that was read as a chat request before
   * @throws RequestFault where it asks for what other protocols cannot be told
   */
  static Conversation of(byte[] body, boolean stream) {
    return new ChatConversation(JsonFields.ofBody(body), stream).read();
  }

  private Conversation read() {
    refuseWhatOnlyChatHas();
    MessageTurns turns = MessageTurns.of(body.items("messages").orElse(List.of()));
    return new Conversation(
        turns.system(),
        turns.turns(),
        tools(),
        toolChoice(),
        body.flag("parallel_tool_calls"),
        maxOutputTokens(),
        sampling(),
        format(),
        reasoning(),
        stream,
        hints());
  }

  private void refuseWhatOnlyChatHas() {
    for (String name : ONLY_HERE) {
      if (body.has(name)) {
        throw RequestFault.of(name, "given (expected: nothing, as this model's provider has none)");
      }
    }
    if (body.flag("logprobs").orElse(false)) {
      throw RequestFault.of(
          "logprobs", "true (expected: false, as this model's provider has none)");
    }
    long choices = body.whole("n", 1, ChatRequest.MAX_CHOICES).orElse(1);
    if (choices > 1) {
      throw RequestFault.of("n", choices + " (expected: 1, as this model's provider gives one)");
    }
    for (JsonTree modality : body.items("modalities").orElse(List.of())) {
      if (!(modality instanceof JsonTree.Text text) || !text.string().text().equals("text")) {
        throw RequestFault.of(
            "modalities", "not only text (expected: text, all that this model's provider gives)");
      }
    }
  }

  private List<Tool> tools() {
    List<JsonTree> given = body.items("tools").orElse(List.of());
    if (given.size() > MAX_TOOLS) {
      throw RequestFault.of("tools", given.size() + " (expected: at most " + MAX_TOOLS + ")");
    }
    List<Tool> tools = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      JsonFields tool = JsonFields.of("tools[" + i + "]", given.get(i));
      String type = tool.neededText("type").text();
      if (!type.equals("function")) {
        throw tool.unknown("type", type, "function, all that this model's provider knows");
      }
      JsonFields function = tool.neededObject("function");
      tools.add(
          new Tool(
              function.neededText("name"),
              function.text("description"),
              function.object("parameters").map(JsonFields::members).orElse(emptySchema()),
              function.flag("strict"),
              MessageTurns.cache(tool)));
    }
    return tools;
  }

  private static JsonTree.Members emptySchema() {
    JsonTree.Members schema = new JsonTree.Members();
    schema.byName().put("type", JsonTree.text("object"));
    schema.byName().put("properties", new JsonTree.Members());
    return schema;
  }

  private ToolChoice toolChoice() {
    Optional<JsonTree> given = body.value("tool_choice");
    if (given.isEmpty()) {
      return new ToolChoice.Unsaid();
    }
    if (given.get() instanceof JsonTree.Text word) {
      String choice = word.string().text();
      return switch (choice) {
        case "auto" -> new ToolChoice.Auto();
        case "none" -> new ToolChoice.None();
        case "required" -> new ToolChoice.Any();
        default -> throw body.unknown("tool_choice", choice, "auto, none, required or a function");
      };
    }
    JsonFields choice = JsonFields.of("tool_choice", given.get());
    String type = choice.neededText("type").text();
    if (!type.equals("function")) {
      throw choice.unknown("type", type, "function");
    }
    return new ToolChoice.Named(choice.neededObject("function").neededText("name"));
  }

  private OptionalLong maxOutputTokens() {
    OptionalLong limit = body.whole("max_completion_tokens", 1, TokenUsage.MAX_TOKENS);
    return limit.isPresent() ? limit : body.whole("max_tokens", 1, TokenUsage.MAX_TOKENS);
  }

  private Sampling sampling() {
    return new Sampling(
        body.number("temperature"),
        body.number("top_p"),
        body.whole("top_k", 0, Integer.MAX_VALUE),
        stop(),
        body.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
        body.number("frequency_penalty"),
        body.number("presence_penalty"));
  }

  private List<JsonString> stop() {
    if (body.value("stop").orElse(JsonTree.Literal.NULL) instanceof JsonTree.Text one) {
      return List.of(one.string());
    }
    List<JsonString> texts = new ArrayList<>();
    for (JsonTree each : body.items("stop").orElse(List.of())) {
      if (!(each instanceof JsonTree.Text text)) {
        throw RequestFault.of("stop", "not only strings (expected: a string or strings)");
      }
      texts.add(text.string());
    }
    return texts;
  }

  private OutputFormat format() {
    Optional<JsonFields> given = body.object("response_format");
    if (given.isEmpty()) {
      return new OutputFormat.Free();
    }
    JsonFields format = given.get();
    String type = format.neededText("type").text();
    return switch (type) {
      case "text" -> new OutputFormat.Free();
      case "json_object" -> new OutputFormat.Json();
      case "json_schema" -> schema(format.neededObject("json_schema"));
      default -> throw format.unknown("type", type, "text, json_object or json_schema");
    };
  }

  private static OutputFormat schema(JsonFields given) {
    return new OutputFormat.Schema(
        given.text("name").orElse(SCHEMA_NAME),
        given.text("description"),
        given.neededObject("schema").members(),
        given.flag("strict"));
  }

  private Reasoning reasoning() {
    Optional<JsonString> given = body.text("reasoning_effort");
    if (given.isEmpty()) {
      return new Reasoning.Unsaid();
    }
    String effort = given.get().text();
    if (effort.equals("none")) {
      return new Reasoning.Off();
    }
    for (Reasoning.Effort each : Reasoning.Effort.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(effort)) {
        return new Reasoning.Level(each, true);
      }
    }
    throw body.unknown("reasoning_effort", effort, "none, minimal, low, medium, high or xhigh");
  }

  private Hints hints() {
    List<String> others = new ArrayList<>();
    for (String name : body.othersThan(READ)) {
      if (!name.equals("logprobs")) {
        others.add(name);
      }
    }
    return new Hints(body.text("user"), body.text("prompt_cache_key"), others);
  }
}
