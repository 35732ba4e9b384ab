package io.tollgate.sandbox.internal;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Counts a prompt the way OpenAI's cookbook does ("How to count tokens with tiktoken"): 3 tokens
 * for the answer's head, and for each message 3, its role, its text, and its name with 1 more. On
 * top, by our own rule: tool definitions and earlier tool calls count as their JSON text, a part
 * that is not text (image, audio, file) as 85.
 */
final class PromptReader {
  static final int ANSWER_HEAD = 3;
  static final int MESSAGE = 3;
  static final int ROLE = 1;
  static final int OTHER_PART = 85;
  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");

  private final TokenCounter counter;
  private int tokens = ANSWER_HEAD;
  private long seed;
  private String lastText = "";

  PromptReader(TokenCounter counter, String model) {
    this.counter = counter;
    this.seed = Seeds.with(0, model);
  }

  ChatRequest.Prompt read(JsonNode messages) {
    if (messages.isMissingNode() || messages.isNull()) {
      throw JsonFields.missing("messages");
    }
    if (!messages.isArray()) {
      throw JsonFields.wrongType("messages", "an array of objects", messages);
    }
    if (messages.isEmpty()) {
      throw OpenAiProblem.invalid(
          "messages", "empty_array", "Invalid 'messages': empty array (expected: at least one).");
    }
    int index = 0;
    for (JsonNode message : messages) {
      message(message, "messages[" + index++ + "]");
    }
    return new ChatRequest.Prompt(tokens, seed, lastText);
  }

  /** Counts the tool definitions, which are part of what the model reads. */
  ChatRequest.Prompt with(JsonNode tools) {
    String json = tools.toString();
    return new ChatRequest.Prompt(tokens + counter.count(json), Seeds.with(seed, json), lastText);
  }

  private void message(JsonNode message, String where) {
    if (!message.isObject()) {
      throw JsonFields.wrongType(where, "an object", message);
    }
    String role = JsonFields.text(message, "role", where + ".role");
    if (!ROLES.contains(role)) {
      throw OpenAiProblem.invalid(
          where + ".role",
          "invalid_value",
          "Invalid value: '"
              + role
              + "' (expected: one of "
              + String.join(", ", ROLES.stream().sorted().toList())
              + ").");
    }
    tokens += MESSAGE + ROLE;
    lastText = "";
    JsonNode content = message.path("content");
    if (content.isString()) {
      said(content.stringValue());
    } else if (content.isArray()) {
      int part = 0;
      for (JsonNode node : content) {
        part(node, where + ".content[" + part++ + "]");
      }
    } else if (content.isMissingNode() || content.isNull()) {
      if (!role.equals("assistant")) {
        throw JsonFields.missing(where + ".content");
      }
    } else {
      throw JsonFields.wrongType(where + ".content", "a string or an array", content);
    }
    JsonNode name = message.path("name");
    if (name.isString()) {
      tokens += 1 + counter.count(name.stringValue());
    }
    JsonNode calls = message.path("tool_calls");
    if (calls.isArray()) {
      String json = calls.toString();
      tokens += counter.count(json);
      seed = Seeds.with(seed, json);
    }
    if (!role.equals("user")) {
      // a result that mentions its tool must not make the sandbox call it for ever
      lastText = "";
    }
  }

  private void part(JsonNode part, String where) {
    if (!part.isObject()) {
      throw JsonFields.wrongType(where, "an object", part);
    }
    String type = JsonFields.text(part, "type", where + ".type");
    if (type.equals("text") || type.equals("refusal")) {
      said(JsonFields.text(part, type, where + "." + type));
    } else {
      tokens += OTHER_PART;
      seed = Seeds.with(seed, part.toString());
    }
  }

  private void said(String text) {
    tokens += counter.count(text);
    seed = Seeds.with(seed, text);
    lastText = lastText.isEmpty() ? text : lastText + "\n" + text;
  }
}
