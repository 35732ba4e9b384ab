package io.tollgate.sandbox.internal.anthropic;

import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Reads the messages, and refuses what the real provider refuses of their order. */
final class Turns {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]+");

  private final PromptCount count;
  private final Blocks blocks;
  private final Set<String> usedIds = new HashSet<>();

  /** Calls of the message before, which this one has to answer. */
  private final Set<String> unanswered = new LinkedHashSet<>();

  Turns(PromptCount count, Blocks blocks) {
    this.count = count;
    this.blocks = blocks;
  }

  void read(JsonNode messages, boolean thinkingIsOn) {
    if (messages.isMissingNode() || messages.isNull()) {
      throw JsonFields.missing("messages");
    }
    if (!messages.isArray()) {
      throw JsonFields.wrongType("messages", "an array of objects", messages);
    }
    if (messages.isEmpty()) {
      throw Problem.invalid("messages", "messages: at least one message is required");
    }
    List<String> roles = new ArrayList<>();
    for (int index = 0; index < messages.size(); index++) {
      roles.add(message(messages.get(index), "messages." + index, index + 1 == messages.size()));
    }
    if (!roles.getFirst().equals("user")) {
      throw Problem.invalid("messages", "messages: first message must use the \"user\" role");
    }
    if (!unanswered.isEmpty()) {
      throw unanswered("messages." + (messages.size() - 1));
    }
    if (thinkingIsOn) {
      thoughtBeforeCalls(messages);
    }
  }

  private String message(JsonNode message, String where, boolean last) {
    if (!message.isObject()) {
      throw JsonFields.wrongType(where, "an object", message);
    }
    String role = JsonFields.text(message, "role", where + ".role");
    if (!role.equals("user") && !role.equals("assistant")) {
      throw Problem.invalid(
          where + ".role",
          "messages: Unexpected role \""
              + role
              + "\" (expected: user or assistant; what a system says is the top-level `system`"
              + " parameter)");
    }
    AnthropicDialect.only(JsonFields.unknown(message, Set.of("role", "content")), where);
    JsonNode content = message.path("content");
    if (content.isMissingNode() || content.isNull()) {
      throw JsonFields.missing(where + ".content");
    }
    boolean user = role.equals("user");
    nonEmpty(content, user, last, where);
    if (user) {
      results(content, where);
    } else if (!unanswered.isEmpty()) {
      throw unanswered(where);
    }
    count.message();
    if (!content.isString() || !content.stringValue().isEmpty()) {
      blocks.read(content, user ? Blocks.Place.USER : Blocks.Place.ASSISTANT, where + ".content");
    }
    if (user) {
      if (hasResults(content)) {
        count.notByUser();
      }
    } else {
      calls(content, where);
      count.notByUser();
    }
    return role;
  }

  private static void nonEmpty(JsonNode content, boolean user, boolean last, String where) {
    boolean empty =
        content.isString()
            ? content.stringValue().isEmpty()
            : content.isArray() && content.isEmpty();
    if (empty && (user || !last)) {
      throw Problem.invalid(
          where,
          where
              + ": all messages must have non-empty content except for the optional final assistant"
              + " message");
    }
    if (last && !user) {
      String text = content.isString() ? content.stringValue() : lastText(content);
      if (!text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1))) {
        throw Problem.invalid(
            where, "messages: final assistant content cannot end with trailing whitespace");
      }
    }
  }

  private static String lastText(JsonNode content) {
    return content.isArray() && !content.isEmpty()
        ? content.get(content.size() - 1).path("text").asString("")
        : "";
  }

  private static boolean hasResults(JsonNode content) {
    return StreamSupport.stream(content.spliterator(), false)
        .anyMatch(block -> block.path("type").asString("").equals("tool_result"));
  }

  /** Results come first, each for a call of the message before, and none is missing. */
  private void results(JsonNode content, String where) {
    boolean other = false;
    int index = 0;
    for (JsonNode block : content) {
      String at = where + ".content." + index++;
      if (!block.path("type").asString("").equals("tool_result")) {
        other = true;
        continue;
      }
      String id = JsonFields.text(block, "tool_use_id", at + ".tool_use_id");
      if (!unanswered.contains(id)) {
        throw Problem.invalid(
            at,
            at
                + ": unexpected `tool_use_id` found in `tool_result` blocks: "
                + id
                + ". Each `tool_result` block must have a corresponding `tool_use` block in the"
                + " previous message.");
      }
      if (other) {
        throw Problem.invalid(
            at, at + ": `tool_result` blocks must come before all other content of the message");
      }
      unanswered.remove(id);
    }
    if (!unanswered.isEmpty()) {
      throw unanswered(where);
    }
  }

  private void calls(JsonNode content, String where) {
    int index = 0;
    for (JsonNode block : content) {
      String at = where + ".content." + index++ + ".id";
      if (block.path("type").asString("").equals("tool_use")) {
        String id = JsonFields.text(block, "id", at);
        if (!ID.matcher(id).matches()) {
          throw Problem.invalid(at, at + ": String should match pattern '^[a-zA-Z0-9_-]+$'");
        }
        if (!usedIds.add(id)) {
          throw Problem.invalid(at, where + ": `tool_use` ids must be unique; given twice: " + id);
        }
        unanswered.add(id);
      }
    }
  }

  private Problem unanswered(String where) {
    return Problem.invalid(
        where,
        where
            + ": `tool_use` ids were found without `tool_result` blocks immediately after: "
            + String.join(", ", unanswered)
            + ". Each `tool_use` block must have a corresponding `tool_result` block in the next"
            + " message.");
  }

  /** With thinking on, calls that are being answered must still have the thought before them. */
  private static void thoughtBeforeCalls(JsonNode messages) {
    if (messages.size() < 2 || !hasResults(messages.get(messages.size() - 1).path("content"))) {
      return;
    }
    int at = messages.size() - 2;
    String first = messages.get(at).path("content").path(0).path("type").asString("");
    if (!first.endsWith("thinking")) {
      throw Problem.invalid(
          "messages",
          "messages."
              + at
              + ".content.0.type: Expected `thinking` or `redacted_thinking`, but found `"
              + first
              + "`. When `thinking` is enabled, a final `assistant` message must start with a"
              + " thinking block.");
    }
  }
}
