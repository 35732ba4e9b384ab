package io.tollgate.sandbox.internal.gemini;

import io.tollgate.sandbox.internal.content.Caching;
import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.content.Question;
import io.tollgate.sandbox.internal.content.Thinking;
import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.content.Tool;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads a request for content, or for its tokens to be counted; thread-safe. */
final class GenerateReader {
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "contents",
          "systemInstruction",
          "tools",
          "toolConfig",
          "safetySettings",
          "generationConfig",
          "cachedContent",
          "labels",
          "store",
          "serviceTier");
  private static final Set<String> CONFIG =
      Set.of(
          "stopSequences",
          "responseMimeType",
          "responseSchema",
          "responseJsonSchema",
          "_responseJsonSchema",
          "responseModalities",
          "candidateCount",
          "maxOutputTokens",
          "temperature",
          "topP",
          "topK",
          "seed",
          "presencePenalty",
          "frequencyPenalty",
          "responseLogprobs",
          "logprobs",
          "enableEnhancedCivicAnswers",
          "speechConfig",
          "thinkingConfig",
          "imageConfig",
          "mediaResolution",
          "audioTimestamp");
  private static final int MAX_CANDIDATES = 8;
  private static final int MAX_STOPS = 5;

  private final TokenCounter counter;

  GenerateReader(TokenCounter counter) {
    this.counter = counter;
  }

  /** How many tokens a prompt has. */
  Question count(String model, byte[] body) {
    JsonNode root = JsonBody.object(body);
    Proto.only(root, Set.of("contents", "generateContentRequest"), "");
    JsonNode whole = Proto.get(root, "generateContentRequest");
    if (whole.isMissingNode()) {
      return question(model, root, false).question();
    }
    String named =
        Proto.text(whole, "model", "generate_content_request.model").orElse("models/" + model);
    if (!named.equals("models/" + model)) {
      throw Problem.invalid(
          "model",
          "The model of generate_content_request, " + named + ", is not that of the path.");
    }
    Proto.only(whole, FIELDS, "generate_content_request");
    return question(model, whole, false).question();
  }

  GenerateRequest read(String model, byte[] body, boolean stream) {
    JsonNode root = JsonBody.object(body);
    Proto.only(root, FIELDS, "");
    return question(model, root, stream);
  }

  private GenerateRequest question(String given, JsonNode root, boolean stream) {
    String model = Models.checked(given);
    PromptCount count = new PromptCount(counter, model);
    Contents contents = new Contents(count, model);
    List<Tool> tools = GeminiTools.read(root);
    if (!Proto.get(root, "tools").isMissingNode()) {
      count.read(Proto.get(root, "tools").toString());
    }
    Proto.object(root, "systemInstruction", "system_instruction").ifPresent(contents::system);
    contents.read(Proto.get(root, "contents"));
    JsonNode config =
        Proto.object(root, "generationConfig", "generation_config")
            .orElse(MissingNode.getInstance());
    if (config.isObject()) {
      Proto.only(config, CONFIG, "generation_config");
    }
    Proto.number(config, "temperature", "generation_config.temperature", 0, 2);
    Proto.number(config, "topP", "generation_config.top_p", 0, 1);
    Proto.number(config, "topK", "generation_config.top_k", 1, 1000);
    JsonNode thinking =
        Proto.object(config, "thinkingConfig", "generation_config.thinking_config")
            .orElse(MissingNode.getInstance());
    Question question =
        new Question(
            model,
            count.prompt(),
            stream,
            Proto.integer(
                    config,
                    "candidateCount",
                    "generation_config.candidate_count",
                    1,
                    MAX_CANDIDATES)
                .orElse(1),
            Proto.integer(
                config,
                "maxOutputTokens",
                "generation_config.max_output_tokens",
                1,
                Integer.MAX_VALUE),
            GeminiTools.use(root, tools, count.prompt().lastText()),
            schema(config),
            stops(config),
            thinking(thinking),
            Caching.NONE);
    return new GenerateRequest(
        question, Proto.flag(thinking, "includeThoughts", "thinking_config.include_thoughts"));
  }

  private static Thinking thinking(JsonNode config) {
    if (!config.isObject()) {
      return Thinking.UNASKED;
    }
    String where = "generation_config.thinking_config";
    Proto.only(config, Set.of("includeThoughts", "thinkingBudget", "thinkingLevel"), where);
    OptionalInt budget =
        Proto.integer(config, "thinkingBudget", where + ".thinking_budget", -1, 32_768);
    Optional<String> level = Proto.text(config, "thinkingLevel", where + ".thinking_level");
    if (budget.isPresent() && level.isPresent()) {
      throw Problem.invalid(
          where, "You can only set only one of thinking budget and thinking level.");
    }
    level.ifPresent(
        given ->
            Proto.word(
                config,
                "thinkingLevel",
                where + ".thinking_level",
                List.of("HIGH", "LOW", "MEDIUM", "MINIMAL", "high", "low", "medium", "minimal")));
    if (budget.isPresent()) {
      return switch (budget.getAsInt()) {
        case 0 -> Thinking.UNASKED;
        case -1 -> Thinking.freely();
        default -> new Thinking(true, budget.getAsInt());
      };
    }
    return Thinking.freely();
  }

  private static List<String> stops(JsonNode config) {
    List<String> stops = new ArrayList<>();
    for (JsonNode stop : Proto.array(config, "stopSequences", "generation_config.stop_sequences")) {
      if (!stop.isString() || stop.stringValue().isEmpty()) {
        throw Problem.invalid("generation_config.stop_sequences", "Invalid stop sequence: " + stop);
      }
      stops.add(stop.stringValue());
    }
    if (stops.size() > MAX_STOPS) {
      throw Problem.invalid(
          "generation_config.stop_sequences",
          "stop_sequences: " + stops.size() + " of them (expected: at most " + MAX_STOPS + ")");
    }
    return stops;
  }

  private static Optional<JsonNode> schema(JsonNode config) {
    String type =
        Proto.word(
            config,
            "responseMimeType",
            "generation_config.response_mime_type",
            List.of("text/plain", "application/json", "text/x.enum"));
    JsonNode own = Proto.get(config, "responseSchema");
    JsonNode json = Proto.get(config, "responseJsonSchema");
    if (json.isMissingNode()) {
      json = config.path("_responseJsonSchema");
    }
    if ((!own.isMissingNode() || !json.isMissingNode()) && type.equals("text/plain")) {
      throw Problem.invalid(
          "generation_config",
          "A response schema needs the response_mime_type application/json or text/x.enum.");
    }
    if (!own.isMissingNode()) {
      GeminiTools.schema(own, "generation_config.response_schema", 0);
      return Optional.of(own);
    }
    if (!json.isMissingNode()) {
      return Optional.of(json);
    }
    return type.equals("application/json") ? Optional.of(JsonBody.object()) : Optional.empty();
  }
}
