package io.tollgate.sandbox.internal.responses;

import io.tollgate.sandbox.internal.content.Caching;
import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.content.Question;
import io.tollgate.sandbox.internal.content.Thinking;
import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.content.Tool;
import io.tollgate.sandbox.internal.exchange.Owner;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.Models;
import io.tollgate.sandbox.internal.openai.StrictSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a request for a response; thread-safe. */
final class ResponsesReader {
  private static final int SMALLEST_LIMIT = 16;
  private static final Set<String> FIELDS =
      Set.of(
          "background",
          "conversation",
          "context_management",
          "include",
          "input",
          "instructions",
          "max_output_tokens",
          "max_tool_calls",
          "metadata",
          "model",
          "parallel_tool_calls",
          "previous_response_id",
          "prompt",
          "prompt_cache_key",
          "prompt_cache_retention",
          "reasoning",
          "safety_identifier",
          "service_tier",
          "store",
          "stream",
          "stream_options",
          "temperature",
          "text",
          "tool_choice",
          "tools",
          "top_logprobs",
          "top_p",
          "truncation",
          "user");

  private final TokenCounter counter;
  private final ResponseMemory memory;

  ResponsesReader(TokenCounter counter, ResponseMemory memory) {
    this.counter = counter;
    this.memory = memory;
  }

  ResponsesRequest read(byte[] body, Owner owner) {
    JsonNode root = JsonBody.object(body);
    JsonFields.unknown(root, FIELDS)
        .ifPresent(
            name -> {
              throw Problem.invalid(
                  name, "unknown_parameter", "Unknown parameter: '" + name + "'.");
            });
    String model = Models.checked(JsonFields.text(root, "model", "model"));
    PromptCount count = new PromptCount(counter, model);
    JsonFields.optionalText(root, "instructions", "instructions").ifPresent(count::read);
    List<Tool> tools = ResponseTools.read(root);
    if (root.path("tools").isArray() && !root.path("tools").isEmpty()) {
      count.read(root.path("tools").toString());
    }
    Optional<ResponseMemory.Kept> earlier = earlier(root, owner);
    earlier.ifPresent(kept -> count.earlier(kept.tokens(), kept.seed()));
    JsonNode input = root.path("input");
    if ((input.isMissingNode() || input.isNull() || input.isArray() && input.isEmpty())
        && earlier.isEmpty()
        && !root.has("prompt")
        && !root.has("conversation")) {
      throw JsonFields.missing("input");
    }
    new InputItems(count, earlier.map(ResponseMemory.Kept::openCalls).orElse(List.of()))
        .read(input);
    JsonFields.number(root, "temperature", 0, 2);
    JsonFields.number(root, "top_p", 0, 1);
    JsonFields.object(root, "metadata", "metadata");
    JsonFields.word(root, "truncation", "truncation", List.of("disabled", "auto"));
    boolean store =
        !root.has("store") || root.path("store").isNull() || JsonFields.flag(root, "store");
    boolean background = JsonFields.flag(root, "background");
    if (background && !store) {
      throw Problem.invalid("background", "Background mode requires 'store' to be true.");
    }
    Optional<JsonNode> reasoning = JsonFields.object(root, "reasoning", "reasoning");
    Question question =
        new Question(
            model,
            count.prompt(),
            JsonFields.flag(root, "stream"),
            1,
            JsonFields.integer(root, "max_output_tokens", SMALLEST_LIMIT, Integer.MAX_VALUE),
            ResponseTools.use(root, tools, count.prompt().lastText()),
            schema(root),
            List.of(),
            reasoning.map(ResponsesReader::thinking).orElse(Thinking.UNASKED),
            Caching.NONE);
    boolean summarized =
        reasoning.isPresent()
            && !JsonFields.word(
                    reasoning.get(),
                    "summary",
                    "reasoning.summary",
                    List.of("none", "auto", "concise", "detailed"))
                .equals("none");
    boolean encrypted =
        JsonFields.array(root, "include", "include")
            .valueStream()
            .anyMatch(one -> one.asString("").equals("reasoning.encrypted_content"));
    return new ResponsesRequest(question, root, store, background, summarized, encrypted);
  }

  private Optional<ResponseMemory.Kept> earlier(JsonNode root, Owner owner) {
    Optional<String> id =
        JsonFields.optionalText(root, "previous_response_id", "previous_response_id");
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Optional<ResponseMemory.Kept> kept = memory.find(id.get(), owner);
    if (kept.isEmpty()) {
      throw Problem.invalid(
          "previous_response_id",
          "previous_response_not_found",
          "Previous response with id '" + id.get() + "' not found.");
    }
    return kept;
  }

  private static Thinking thinking(JsonNode reasoning) {
    String effort =
        JsonFields.word(
            reasoning,
            "effort",
            "reasoning.effort",
            List.of("medium", "none", "minimal", "low", "high", "xhigh"));
    return effort.equals("none") ? Thinking.UNASKED : Thinking.freely();
  }

  private static Optional<JsonNode> schema(JsonNode root) {
    Optional<JsonNode> format =
        JsonFields.object(root, "text", "text")
            .flatMap(text -> JsonFields.object(text, "format", "text.format"));
    if (format.isEmpty()) {
      return Optional.empty();
    }
    JsonNode given = format.get();
    return switch (JsonFields.text(given, "type", "text.format.type")) {
      case "text" -> Optional.empty();
      case "json_object" -> Optional.of(JsonBody.object());
      case "json_schema" -> {
        JsonFields.text(given, "name", "text.format.name");
        JsonNode schema =
            JsonFields.object(given, "schema", "text.format.schema")
                .orElseThrow(() -> JsonFields.missing("text.format.schema"));
        if (JsonFields.flag(given, "strict")) {
          StrictSchema.check(schema, "text.format.schema");
        }
        yield Optional.of(schema);
      }
      default ->
          throw Problem.invalid(
              "text.format.type",
              "Invalid 'text.format.type' (expected: text, json_object or json_schema).");
    };
  }
}
