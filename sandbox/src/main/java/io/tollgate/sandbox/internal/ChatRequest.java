package io.tollgate.sandbox.internal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * What a chat completion asks for, as far as the sandbox minds it.
 *
 * @param inputTokens tokens of the prompt, counted
 * @param seed what the answer is made from: the model and everything said
 * @param choices how many answers, 1..128
 * @param outputLimit most tokens of each answer
 * @param call the tool to call instead of answering
 * @param schema the JSON schema the answer must follow; an empty object for any JSON object
 */
record ChatRequest(
    String model,
    int inputTokens,
    long seed,
    boolean stream,
    boolean includeUsage,
    int choices,
    OptionalInt outputLimit,
    Optional<Tool> call,
    Optional<JsonNode> schema) {

  /** A function the caller offers. */
  record Tool(String name, JsonNode parameters) {}

  /** What the messages amount to. */
  record Prompt(int tokens, long seed, String lastText) {}

  ChatRequest {
    if (choices < 1) {
      throw new IllegalArgumentException("choices: " + choices + " (expected: >= 1)");
    }
  }

  /** The first of the tools that a text names. */
  static Optional<Tool> named(List<Tool> tools, String text) {
    return tools.stream().filter(tool -> text.contains(tool.name())).findFirst();
  }
}
