package io.tollgate.sandbox.internal.openai;

import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the messages of a chat completion, and refuses what the real provider refuses of them. */
final class ChatMessages {
  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");

  private final PromptCount count;
  private final ChatParts parts;

  /** Calls of the last assistant message that have no result yet. */
  private final Set<String> unanswered = new LinkedHashSet<>();

  private String callsAt = "";

  ChatMessages(PromptCount count) {
    this.count = count;
    this.parts = new ChatParts(count);
  }

  void read(JsonNode messages) {
    if (messages.isMissingNode() || messages.isNull()) {
      throw JsonFields.missing("messages");
    }
    if (!messages.isArray()) {
      throw JsonFields.wrongType("messages", "an array of objects", messages);
    }
    if (messages.isEmpty()) {
      throw Problem.invalid(
          "messages", "empty_array", "Invalid 'messages': empty array (expected: at least one).");
    }
    int index = 0;
    for (JsonNode message : messages) {
      message(message, "messages[" + index++ + "]");
    }
    allAnswered();
  }

  private void message(JsonNode message, String where) {
    if (!message.isObject()) {
      throw JsonFields.wrongType(where, "an object", message);
    }
    String role = JsonFields.text(message, "role", where + ".role");
    if (!ROLES.contains(role)) {
      throw Problem.invalid(
          where + ".role",
          "Invalid value: '"
              + role
              + "' (expected: one of "
              + String.join(", ", ROLES.stream().sorted().toList())
              + ").");
    }
    if (role.equals("tool")) {
      result(message, where);
    } else {
      allAnswered();
    }
    count.message();
    content(message.path("content"), role, message, where);
    JsonNode name = message.path("name");
    if (name.isString()) {
      count.name(name.stringValue());
    }
    if (role.equals("assistant")) {
      calls(message, where);
    }
    if (!role.equals("user")) {
      // a result that mentions its tool must not make the sandbox call it for ever
      count.notByUser();
    }
  }

  private void content(JsonNode content, String role, JsonNode message, String where) {
    if (content.isString()) {
      count.said(content.stringValue());
    } else if (content.isArray()) {
      int part = 0;
      for (JsonNode node : content) {
        parts.read(node, role, where + ".content[" + part++ + "]");
      }
    } else if (content.isMissingNode() || content.isNull()) {
      boolean saysSomething =
          role.equals("assistant")
              && (message.has("tool_calls")
                  || message.has("refusal")
                  || message.has("audio")
                  || message.has("function_call"));
      if (!saysSomething) {
        throw JsonFields.missing(where + ".content");
      }
    } else {
      throw JsonFields.wrongType(where + ".content", "a string or an array", content);
    }
  }

  private void calls(JsonNode message, String where) {
    JsonNode calls = JsonFields.array(message, "tool_calls", where + ".tool_calls");
    if (calls.isMissingNode()) {
      return;
    }
    if (calls.isEmpty()) {
      throw Problem.invalid(
          where + ".tool_calls",
          "empty_array",
          "Invalid '" + where + ".tool_calls': empty array (expected: at least one).");
    }
    int index = 0;
    for (JsonNode call : calls) {
      String at = where + ".tool_calls[" + index++ + "]";
      String id = JsonFields.text(call, "id", at + ".id");
      String type = JsonFields.text(call, "type", at + ".type");
      if (type.equals("function")) {
        JsonNode function = call.path("function");
        JsonFields.text(function, "name", at + ".function.name");
        JsonFields.text(function, "arguments", at + ".function.arguments");
      }
      unanswered.add(id);
    }
    callsAt = where;
    count.read(calls.toString());
  }

  private void result(JsonNode message, String where) {
    String id = JsonFields.text(message, "tool_call_id", where + ".tool_call_id");
    if (!unanswered.remove(id)) {
      throw Problem.invalid(
          where + ".role",
          "",
          "Invalid parameter: messages with role 'tool' must be a response to a preceding message"
              + " with 'tool_calls'; given: '"
              + id
              + "'.");
    }
  }

  private void allAnswered() {
    if (!unanswered.isEmpty()) {
      throw Problem.invalid(
          callsAt,
          "",
          "An assistant message with 'tool_calls' must be followed by tool messages responding to"
              + " each 'tool_call_id'. The following tool_call_ids did not have response messages: "
              + String.join(", ", unanswered));
    }
  }
}
