package io.tollgate.tests.crash;

import io.tollgate.tests.installation.Client;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The protocol that a caller speaks: how they ask, when an answer is whole, what it says of use.
 */
enum Tongue {
  CHAT,
  MESSAGES,
  RESPONSES,
  GEMINI;

  private static final String DATA = "data: {";

  String path(String model, boolean stream) {
    return switch (this) {
      case CHAT -> "/v1/chat/completions";
      case MESSAGES -> "/v1/messages";
      case RESPONSES -> "/v1/responses";
      case GEMINI ->
          "/v1beta/models/"
              + model
              + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
    };
  }

  /**
   * A request.
   *
   * @param maxTokens output limit that it names; 0: none
   */
  String body(String model, boolean stream, int maxTokens, String prompt) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (this == GEMINI) {
      if (maxTokens > 0) {
        body.put("generationConfig", Map.of("maxOutputTokens", maxTokens));
      }
      body.put("contents", List.of(Map.of("parts", List.of(Map.of("text", prompt)))));
      return Client.JSON.writeValueAsString(body);
    }
    body.put("model", model);
    if (maxTokens > 0) {
      body.put(this == RESPONSES ? "max_output_tokens" : "max_tokens", maxTokens);
    }
    if (stream) {
      body.put("stream", true);
    }
    if (stream && this == CHAT) {
      body.put("stream_options", Map.of("include_usage", true));
    }
    if (this == RESPONSES) {
      body.put("input", prompt);
    } else {
      body.put("messages", List.of(Map.of("role", "user", "content", prompt)));
    }
    return Client.JSON.writeValueAsString(body);
  }

  /** Whether a stream has come to its end, and to no error's. */
  boolean isWhole(String stream) {
    return switch (this) {
      case CHAT -> stream.contains("data: [DONE]");
      case MESSAGES -> stream.contains("event: message_stop");
      case RESPONSES ->
          stream.contains("event: response.completed")
              || stream.contains("event: response.incomplete");
      case GEMINI -> stream.contains("\"finishReason\"");
    };
  }

  /** What an answer says of its use; nothing where it does not say. */
  Optional<Usage> used(String answer, boolean stream) {
    return stream
        ? answer
            .lines()
            .filter(line -> line.startsWith(DATA))
            .map(line -> used(Client.JSON.readTree(line.substring(DATA.length() - 1))))
            .flatMap(Optional::stream)
            .reduce((first, second) -> second)
        : used(Client.JSON.readTree(answer));
  }

  private Optional<Usage> used(JsonNode document) {
    JsonNode usage =
        switch (this) {
          case CHAT, MESSAGES -> document.path("usage");
          case RESPONSES ->
              document.has("response")
                  ? document.required("response").path("usage")
                  : document.path("usage");
          case GEMINI -> document.path("usageMetadata");
        };
    return usage.isObject() && (this != MESSAGES || usage.has("input_tokens"))
        ? Optional.of(usage(usage))
        : Optional.empty();
  }

  private Usage usage(JsonNode usage) {
    return switch (this) {
      case CHAT ->
          new Usage(
              usage.required("prompt_tokens").asLong(),
              usage.required("completion_tokens").asLong(),
              usage.path("prompt_tokens_details").path("cached_tokens").asLong(),
              usage.path("completion_tokens_details").path("reasoning_tokens").asLong());
      case MESSAGES -> {
        long cached = usage.path("cache_read_input_tokens").asLong();
        yield new Usage(
            usage.required("input_tokens").asLong() + cached,
            usage.required("output_tokens").asLong(),
            cached,
            usage.path("output_tokens_details").path("thinking_tokens").asLong());
      }
      case RESPONSES ->
          new Usage(
              usage.required("input_tokens").asLong(),
              usage.required("output_tokens").asLong(),
              usage.path("input_tokens_details").path("cached_tokens").asLong(),
              usage.path("output_tokens_details").path("reasoning_tokens").asLong());
      case GEMINI -> {
        long thoughts = usage.path("thoughtsTokenCount").asLong();
        yield new Usage(
            usage.path("promptTokenCount").asLong(),
            usage.path("candidatesTokenCount").asLong() + thoughts,
            usage.path("cachedContentTokenCount").asLong(),
            thoughts);
      }
    };
  }
}
