package io.tollgate.sandbox.internal.anthropic;

import io.tollgate.sandbox.internal.content.Caching;
import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.content.Question;
import io.tollgate.sandbox.internal.content.Thinking;
import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.content.Tool;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.Models;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads a request for a message, or for its tokens to be counted; thread-safe. */
final class MessagesReader {
  private static final Set<String> COUNTED =
      Set.of(
          "model",
          "messages",
          "system",
          "tools",
          "tool_choice",
          "thinking",
          "cache_control",
          "output_config",
          "output_format",
          "mcp_servers",
          "context_management",
          "speed");
  private static final Set<String> ANSWERED = answered();

  /** Models that take a temperature or a top_p, and not both. */
  private static final Pattern ONE_OF_TWO =
      Pattern.compile("claude-(opus-4-[1-9]|(sonnet|haiku)-4-[5-9]).*");

  private static final int SMALLEST_BUDGET = 1024;

  private final TokenCounter counter;
  private final PromptCache cache;

  MessagesReader(TokenCounter counter, PromptCache cache) {
    this.counter = counter;
    this.cache = cache;
  }

  private static Set<String> answered() {
    Set<String> all = new HashSet<>(COUNTED);
    all.addAll(
        Set.of(
            "max_tokens",
            "metadata",
            "stop_sequences",
            "stream",
            "temperature",
            "top_p",
            "top_k",
            "service_tier",
            "container",
            "inference_geo"));
    return all;
  }

  /** How many tokens a prompt has. */
  int count(byte[] body) {
    JsonNode root = JsonBody.object(body);
    AnthropicDialect.only(JsonFields.unknown(root, COUNTED), "");
    return question(root, OptionalInt.empty(), false).prompt().tokens();
  }

  /** What a message is asked for. */
  Question read(byte[] body) {
    JsonNode root = JsonBody.object(body);
    AnthropicDialect.only(JsonFields.unknown(root, ANSWERED), "");
    JsonFields.text(root, "model", "model");
    OptionalInt limit = JsonFields.integer(root, "max_tokens", 1, Integer.MAX_VALUE);
    if (limit.isEmpty()) {
      throw JsonFields.missing("max_tokens");
    }
    JsonFields.number(root, "temperature", 0, 1);
    JsonFields.number(root, "top_p", 0, 1);
    JsonFields.integer(root, "top_k", 0, Integer.MAX_VALUE);
    JsonFields.object(root, "metadata", "metadata");
    JsonFields.word(root, "service_tier", "service_tier", List.of("auto", "standard_only"));
    return question(root, limit, true);
  }

  private Question question(JsonNode root, OptionalInt limit, boolean cached) {
    String model = Models.checked(JsonFields.text(root, "model", "model"));
    boolean thinkingIsOn = thinkingType(root).equals("enabled");
    if (JsonFields.present(root, "temperature").isPresent()
        && JsonFields.present(root, "top_p").isPresent()
        && ONE_OF_TWO.matcher(model).matches()) {
      throw Problem.invalid(
          "temperature",
          "`temperature` and `top_p` cannot both be specified for this model. Please use only"
              + " one.");
    }
    PromptCount count = new PromptCount(counter, model);
    CacheMarks marks = new CacheMarks(count);
    Blocks blocks = new Blocks(count, marks);
    List<Tool> tools = Tools.read(root, count, marks);
    if (JsonFields.present(root, "system").isPresent()) {
      count.message();
      blocks.read(root.path("system"), Blocks.Place.SYSTEM, "system");
    }
    new Turns(count, blocks).read(root.path("messages"), thinkingIsOn);
    marks.after(root, "");
    return new Question(
        model,
        count.prompt(),
        JsonFields.flag(root, "stream"),
        1,
        limit,
        Tools.use(root, tools, count.prompt().lastText(), thinkingIsOn),
        OutputFormat.schema(root),
        stops(root),
        thinking(root, limit),
        cached ? cache.use(marks) : Caching.NONE);
  }

  private static String thinkingType(JsonNode root) {
    return JsonFields.object(root, "thinking", "thinking")
        .map(
            given ->
                JsonFields.word(
                    given, "type", "thinking.type", List.of("disabled", "enabled", "adaptive")))
        .orElse("disabled");
  }

  private static Thinking thinking(JsonNode root, OptionalInt limit) {
    String type = thinkingType(root);
    if (type.equals("disabled")) {
      return Thinking.UNASKED;
    }
    if (root.path("temperature").asDouble(1) != 1) {
      throw Problem.invalid(
          "temperature", "`temperature` may only be set to 1 when thinking is enabled.");
    }
    if (JsonFields.present(root, "top_k").isPresent()) {
      throw Problem.invalid("top_k", "`top_k` must be unset when thinking is enabled.");
    }
    if (type.equals("adaptive")) {
      return Thinking.freely();
    }
    JsonNode given = root.path("thinking");
    JsonNode budget = given.path("budget_tokens");
    if (budget.isMissingNode()) {
      throw JsonFields.missing("thinking.enabled.budget_tokens");
    }
    if (!budget.isIntegralNumber()
        || !budget.canConvertToInt()
        || budget.intValue() < SMALLEST_BUDGET) {
      throw Problem.invalid(
          "thinking",
          "thinking.enabled.budget_tokens: Input should be greater than or equal to "
              + SMALLEST_BUDGET
              + "; given: "
              + budget);
    }
    if (limit.isPresent() && budget.intValue() >= limit.getAsInt()) {
      throw Problem.invalid(
          "thinking", "`max_tokens` must be greater than `thinking.budget_tokens`.");
    }
    return new Thinking(true, budget.intValue());
  }

  private static List<String> stops(JsonNode root) {
    List<String> stops = new ArrayList<>();
    for (JsonNode stop : JsonFields.array(root, "stop_sequences", "stop_sequences")) {
      if (!stop.isString()) {
        throw JsonFields.wrongType("stop_sequences", "an array of strings", stop);
      }
      if (stop.stringValue().isBlank()) {
        throw Problem.invalid(
            "stop_sequences", "stop_sequences: each stop sequence must contain non-whitespace");
      }
      stops.add(stop.stringValue());
    }
    return stops;
  }

  /** What an answer in JSON must follow. */
  private static final class OutputFormat {
    static Optional<JsonNode> schema(JsonNode root) {
      Optional<JsonNode> config = JsonFields.object(root, "output_config", "output_config");
      if (config.isPresent()) {
        AnthropicDialect.only(
            JsonFields.unknown(config.get(), Set.of("effort", "format", "task_budget")),
            "output_config");
        JsonFields.word(
            config.get(),
            "effort",
            "output_config.effort",
            List.of("high", "low", "medium", "xhigh", "max"));
        Optional<JsonNode> format =
            JsonFields.object(config.get(), "format", "output_config.format");
        if (format.isPresent()) {
          return Optional.of(of(format.get(), "output_config.format"));
        }
      }
      return JsonFields.object(root, "output_format", "output_format")
          .map(format -> of(format, "output_format"));
    }

    private static JsonNode of(JsonNode format, String where) {
      JsonFields.word(format, "type", where + ".type", List.of("json_schema"));
      JsonNode schema =
          JsonFields.object(format, "schema", where + ".schema")
              .orElseThrow(() -> JsonFields.missing(where + ".schema"));
      closed(schema, where + ".schema");
      return schema;
    }

    /** Every object says that it has no other properties. */
    private static void closed(JsonNode schema, String where) {
      if (schema.path("type").asString("").equals("object")
          && !(schema.path("additionalProperties").isBoolean()
              && !schema.path("additionalProperties").booleanValue())) {
        throw Problem.invalid(
            where,
            where + ": For 'object' type, 'additionalProperties' must be explicitly set to false");
      }
      for (JsonNode below : schema) {
        if (below.isContainer()) {
          closed(below, where);
        }
      }
    }
  }
}
