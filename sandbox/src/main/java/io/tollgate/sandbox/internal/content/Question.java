package io.tollgate.sandbox.internal.content;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * What a request asks for, as far as the sandbox minds it, in no protocol's words.
 *
 * @param choices how many answers, >= 1
 * @param outputLimit most tokens of each answer
 * @param schema the JSON schema the answer must follow; an empty object for any JSON object
 * @param stops texts that end the answer before they are said
 */
public record Question(
    String model,
    Prompt prompt,
    boolean stream,
    int choices,
    OptionalInt outputLimit,
    ToolUse tools,
    Optional<JsonNode> schema,
    List<String> stops,
    Thinking thinking,
    Caching caching) {

  public Question {
    if (choices < 1) {
      throw new IllegalArgumentException("choices: " + choices + " (expected: >= 1)");
    }
    stops = List.copyOf(stops);
  }
}
