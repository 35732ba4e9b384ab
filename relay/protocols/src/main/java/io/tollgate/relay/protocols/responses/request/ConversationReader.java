package io.tollgate.relay.protocols.responses.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Hints;
import io.tollgate.relay.protocols.conversation.OutputFormat;
import io.tollgate.relay.protocols.conversation.Reasoning;
import io.tollgate.relay.protocols.conversation.Sampling;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells what a request asks for in no protocol's words. Used once. */
final class ConversationReader {
  private static final String REASONING = "reasoning";
  private static final int MAX_OTHERS = 16;
  private static final Pattern SHOWABLE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  /** Parameters that are told in other words, or that change nothing elsewhere. */
  private static final Set<String> TOLD =
      Set.of(
          "model",
          "input",
          "instructions",
          "stream",
          "stream_options",
          "max_output_tokens",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          REASONING,
          "temperature",
          "top_p",
          "text",
          "store",
          "include",
          "background",
          "previous_response_id",
          "conversation",
          "prompt",
          "top_logprobs",
          "prompt_cache_key",
          "safety_identifier",
          "user");

  private final byte[] body;
  private final ResponsesFields fields;

  ConversationReader(byte[] body, ResponsesFields fields) {
    this.body = requireNonNull(body, "body is null");
    this.fields = requireNonNull(fields, "fields is null");
  }

  Conversation read() {
    BodyNode.Members request = BodyNode.read(body);
    requireNothingKept(request);
    ToolsReader tools = new ToolsReader(body, request);
    TurnsReader turns = new TurnsReader();
    turns.instructions(Values.text(request, "instructions", ""));
    turns.read(request.find("input").orElse(new BodyNode.Nothing()));
    return new Conversation(
        turns.system(),
        turns.turns(),
        tools.tools(),
        tools.choice(),
        Values.flag(request, "parallel_tool_calls", ""),
        fields.maxOutputTokens == 0
            ? OptionalLong.empty()
            : OptionalLong.of(fields.maxOutputTokens),
        sampling(request),
        format(request),
        reasoning(request),
        fields.stream,
        hints(request));
  }

  private void requireNothingKept(BodyNode.Members request) {
    if (fields.previousResponseId.isPresent()) {
      throw Values.onlyHere("previous_response_id", "given");
    }
    if (fields.conversation) {
      throw Values.onlyHere("conversation", "given");
    }
    if (fields.prompt) {
      throw Values.onlyHere("prompt", "given");
    }
    if (fields.background) {
      throw Values.onlyHere("background", "true");
    }
    request
        .find("top_logprobs")
        .filter(node -> !node.shown().equals("0"))
        .ifPresent(
            node -> {
              throw Values.onlyHere("top_logprobs", node.shown());
            });
    List<BodyNode> include = Values.items(request, "include", "");
    for (int i = 0; i < include.size(); i++) {
      String what = include.get(i).shown();
      if (what.contains("logprobs")) {
        throw Values.onlyHere("include[" + i + "]", what);
      }
    }
  }

  private static Sampling sampling(BodyNode.Members request) {
    return new Sampling(
        Values.number(request, "temperature", 2),
        Values.number(request, "top_p", 1),
        OptionalLong.empty(),
        List.of(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private OutputFormat format(BodyNode.Members request) {
    Optional<BodyNode.Members> format =
        Values.members(request, "text", "").flatMap(text -> Values.members(text, "format", "text"));
    if (format.isEmpty()) {
      return new OutputFormat.Free();
    }
    String where = "text.format";
    JsonString type = Values.requiredText(format.get(), "type", where);
    return switch (type.length() > 32 ? "" : type.text()) {
      case "text" -> new OutputFormat.Free();
      case "json_object" -> new OutputFormat.Json();
      case "json_schema" ->
          new OutputFormat.Schema(
              Values.requiredText(format.get(), "name", where),
              Values.text(format.get(), "description", where),
              schema(format.get(), where),
              Values.flag(format.get(), "strict", where));
      default ->
          throw Values.fault(
              where + ".type", new BodyNode.Text(type), "text, json_object or json_schema");
    };
  }

  private JsonTree.Members schema(BodyNode.Members format, String where) {
    BodyNode.Members schema =
        Values.members(format, "schema", where)
            .orElseThrow(() -> Values.fault(where + ".schema", null, "a JSON schema"));
    return tree(body, schema);
  }

  /** An object of the body, to be written anew. */
  static JsonTree.Members tree(byte[] body, BodyNode.Members node) {
    return JsonTree.read(body, node.from(), node.to()) instanceof JsonTree.Members members
        ? members
        : new JsonTree.Members();
  }

  private static Reasoning reasoning(BodyNode.Members request) {
    Optional<BodyNode.Members> reasoning = Values.members(request, REASONING, "");
    if (reasoning.isEmpty()) {
      return new Reasoning.Unsaid();
    }
    boolean shown =
        Values.text(reasoning.get(), "summary", REASONING).isPresent()
            || Values.text(reasoning.get(), "generate_summary", REASONING).isPresent();
    Optional<JsonString> effort = Values.text(reasoning.get(), "effort", REASONING);
    if (effort.isEmpty()) {
      return shown ? new Reasoning.Adaptive(true) : new Reasoning.Unsaid();
    }
    String word = effort.get().length() > 32 ? "" : effort.get().text();
    if (word.equals("none")) {
      return new Reasoning.Off();
    }
    for (Reasoning.Effort each : Reasoning.Effort.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
        return new Reasoning.Level(each, shown);
      }
    }
    throw Values.fault(
        "reasoning.effort",
        new BodyNode.Text(effort.get()),
        "none, minimal, low, medium, high, xhigh or max");
  }

  private Hints hints(BodyNode.Members request) {
    List<String> others = new ArrayList<>();
    if (fields.has(ResponsesParameter.STORE) && fields.store) {
      others.add("store");
    }
    Values.members(request, "text", "")
        .flatMap(text -> text.find("verbosity"))
        .ifPresent(given -> others.add("text.verbosity"));
    for (String each : List.of("mode", "context")) {
      Values.members(request, REASONING, "")
          .flatMap(reasoning -> reasoning.find(each))
          .ifPresent(given -> others.add(REASONING + "." + each));
    }
    request.byName().keySet().stream()
        .filter(name -> !TOLD.contains(name) && SHOWABLE.matcher(name).matches())
        .filter(name -> request.find(name).isPresent())
        .sorted()
        .limit(MAX_OTHERS)
        .forEach(others::add);
    return new Hints(
        Values.text(request, "safety_identifier", "").or(() -> Values.text(request, "user", "")),
        Values.text(request, "prompt_cache_key", ""),
        others);
  }
}
