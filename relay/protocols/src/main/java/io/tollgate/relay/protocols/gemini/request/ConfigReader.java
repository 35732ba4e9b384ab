package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.RequestFault;
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

/** Reads a generation's config: how words are chosen, in what form, and after how much thinking. */
final class ConfigReader {
  static final Set<String> READ =
      Set.of(
          BothCases.ofAll(
              "maxOutputTokens",
              "candidateCount",
              "stopSequences",
              "temperature",
              "topP",
              "topK",
              "seed",
              "presencePenalty",
              "frequencyPenalty",
              "responseMimeType",
              "responseSchema",
              "responseJsonSchema",
              "responseModalities",
              "responseLogprobs",
              "logprobs",
              "speechConfig",
              "imageConfig",
              "thinkingConfig",
              "_responseJsonSchema"));

  private static final JsonString SCHEMA_NAME = JsonString.of("response");

  private ConfigReader() {}

  static Sampling sampling(Optional<RequestField> config) {
    if (config.isEmpty()) {
      return Sampling.UNSAID;
    }
    RequestField given = config.get();
    refuseOwn(given);
    return new Sampling(
        given.member("temperature").map(RequestField::number),
        given.member("topP").map(RequestField::number),
        whole(given, "topK", 0, Integer.MAX_VALUE),
        stop(given),
        whole(given, "seed", Integer.MIN_VALUE, Integer.MAX_VALUE),
        given.member("frequencyPenalty").map(RequestField::number),
        given.member("presencePenalty").map(RequestField::number));
  }

  private static OptionalLong whole(RequestField config, String name, long min, long max) {
    return config
        .member(name)
        .map(field -> OptionalLong.of(field.whole(min, max)))
        .orElseGet(OptionalLong::empty);
  }

  private static List<JsonString> stop(RequestField config) {
    List<JsonString> stop = new ArrayList<>();
    config
        .member("stopSequences")
        .ifPresent(given -> given.items().forEach(item -> stop.add(item.string())));
    return stop;
  }

  /** What changes the answer, and only Gemini can be told. */
  private static void refuseOwn(RequestField config) {
    config
        .member("candidateCount")
        .filter(field -> field.whole(1, GeminiRequestReader.MAX_CANDIDATES) > 1)
        .ifPresent(field -> refuse(field, "1, as the model that answers is another provider's"));
    config
        .member("responseLogprobs")
        .filter(RequestField::flag)
        .ifPresent(
            field -> refuse(field, "false, as the model that answers is another provider's"));
    for (String name : List.of("logprobs", "speechConfig", "imageConfig")) {
      config
          .member(name)
          .ifPresent(
              field -> refuse(field, "none, as the model that answers is another provider's"));
    }
    config
        .member("responseModalities")
        .ifPresent(
            field ->
                field
                    .items()
                    .forEach(
                        item -> {
                          if (!item.string().text().equalsIgnoreCase("TEXT")) {
                            throw item.wrong(
                                "TEXT, as the model that answers is another provider's");
                          }
                        }));
  }

  private static void refuse(RequestField field, String expected) {
    throw RequestFault.of(field.path(), "given (expected: " + expected + ")");
  }

  static OutputFormat format(RequestField config) {
    Optional<RequestField> mime = config.member("responseMimeType");
    String type = mime.map(field -> field.string().text()).orElse("");
    Optional<JsonTree.Members> schema =
        config
            .member("responseJsonSchema")
            .or(() -> config.member("_responseJsonSchema"))
            .map(RequestField::members)
            .or(
                () ->
                    config
                        .member("responseSchema")
                        .map(field -> SchemaWords.jsonSchema(field.members())));
    return switch (type) {
      case "", "text/plain" -> {
        if (schema.isPresent()) {
          throw RequestFault.of(
              "generationConfig.responseMimeType",
              "not given beside a schema (expected: \"application/json\")");
        }
        yield new OutputFormat.Free();
      }
      case "application/json" ->
          schema.isPresent()
              ? new OutputFormat.Schema(
                  SCHEMA_NAME, Optional.empty(), schema.get(), Optional.empty())
              : new OutputFormat.Json();
      default -> throw mime.orElseThrow().wrong("\"text/plain\" or \"application/json\"");
    };
  }

  static Reasoning reasoning(Optional<RequestField> config) {
    Optional<RequestField> thinking = config.flatMap(given -> given.member("thinkingConfig"));
    if (thinking.isEmpty()) {
      return new Reasoning.Unsaid();
    }
    boolean shown = thinking.get().member("includeThoughts").map(RequestField::flag).orElse(false);
    Optional<RequestField> level = thinking.get().member("thinkingLevel");
    if (level.isPresent()) {
      return level(level.get(), shown);
    }
    Optional<RequestField> budget = thinking.get().member("thinkingBudget");
    if (budget.isPresent()) {
      long tokens = budget.get().whole(-1, Integer.MAX_VALUE);
      return tokens == 0
          ? new Reasoning.Off()
          : tokens < 0 ? new Reasoning.Adaptive(shown) : new Reasoning.Budget(tokens, shown);
    }
    return shown ? new Reasoning.Adaptive(true) : new Reasoning.Unsaid();
  }

  private static Reasoning level(RequestField level, boolean shown) {
    return switch (level.string().text().toUpperCase(Locale.ROOT)) {
      case "THINKING_LEVEL_UNSPECIFIED" -> new Reasoning.Adaptive(shown);
      case "MINIMAL" -> new Reasoning.Level(Reasoning.Effort.MINIMAL, shown);
      case "LOW" -> new Reasoning.Level(Reasoning.Effort.LOW, shown);
      case "MEDIUM" -> new Reasoning.Level(Reasoning.Effort.MEDIUM, shown);
      case "HIGH" -> new Reasoning.Level(Reasoning.Effort.HIGH, shown);
      default -> throw level.wrong("MINIMAL, LOW, MEDIUM or HIGH");
    };
  }
}
