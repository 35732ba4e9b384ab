package io.tollgate.relay.protocols.openai.request;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.internal.json.JsonFields;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads chat messages as turns; what stands before the first of them is the system's. */
record MessageTurns(List<Part> system, List<Turn> turns) {
  static MessageTurns of(List<JsonTree> messages) {
    return new Reader().read(messages);
  }

  /** The mark that some put beside a part, as Anthropic does. */
  static CacheMark cache(JsonFields part) {
    Optional<JsonFields> mark = part.object("cache_control");
    if (mark.isEmpty()) {
      return CacheMark.NONE;
    }
    return mark.get().text("ttl").map(JsonString::text).filter("1h"::equals).isPresent()
        ? CacheMark.ONE_HOUR
        : CacheMark.FIVE_MINUTES;
  }

  /** One pass over the messages. */
  private static final class Reader {
    private final List<Part> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final Map<String, JsonString> namesOfCalls = new HashMap<>();

    MessageTurns read(List<JsonTree> messages) {
      for (int i = 0; i < messages.size(); i++) {
        read(JsonFields.of("messages[" + i + "]", messages.get(i)));
      }
      return new MessageTurns(system, turns);
    }

    private void read(JsonFields message) {
      String role = message.neededText("role").text();
      switch (role) {
        case "system", "developer" -> {
          List<Part> parts = MessageParts.texts(message);
          if (turns.isEmpty()) {
            system.addAll(parts);
          } else {
            turns.add(new Turn(Turn.Role.SYSTEM, parts));
          }
        }
        case "user" -> turns.add(new Turn(Turn.Role.USER, MessageParts.of(message)));
        case "assistant" -> turns.add(new Turn(Turn.Role.ASSISTANT, assistant(message)));
        case "tool" -> turns.add(new Turn(Turn.Role.USER, List.of(result(message))));
        default ->
            throw message.unknown("role", role, "system, developer, user, assistant or tool");
      }
    }

    private List<Part> assistant(JsonFields message) {
      List<Part> parts = new ArrayList<>();
      message
          .text("reasoning_content")
          .filter(thought -> !thought.isEmpty())
          .ifPresent(thought -> parts.add(new Part.Thinking(thought, Optional.empty())));
      parts.addAll(MessageParts.texts(message));
      message.text("refusal").ifPresent(words -> parts.add(new Part.Refusal(words)));
      List<JsonTree> calls = message.items("tool_calls").orElse(List.of());
      for (int i = 0; i < calls.size(); i++) {
        parts.add(call(JsonFields.of(message.path("tool_calls[" + i + "]"), calls.get(i))));
      }
      return parts;
    }

    private Part call(JsonFields call) {
      JsonFields function = call.neededObject("function");
      JsonString id = call.neededText("id");
      JsonString name = function.neededText("name");
      namesOfCalls.put(id.text(), name);
      JsonString arguments = function.text("arguments").orElse(JsonString.EMPTY);
      return new Part.ToolCall(
          id,
          name,
          arguments.isEmpty() ? MessageParts.NO_ARGUMENTS : arguments,
          signature(call),
          CacheMark.NONE);
    }

    /** The place where Google's own compatible interface has it. */
    private static Optional<Signature> signature(JsonFields call) {
      return call.object("extra_content")
          .flatMap(extra -> extra.object("google"))
          .flatMap(google -> google.text("thought_signature"))
          .map(text -> new Signature(Protocol.GEMINI, text));
    }

    private Part result(JsonFields message) {
      JsonString id = message.neededText("tool_call_id");
      JsonString name = namesOfCalls.get(id.text());
      if (name == null) {
        throw RequestFault.of(
            message.path("tool_call_id"),
            "not the id of a call before it (expected: that of an assistant's tool call)");
      }
      return new Part.ToolResult(
          id, name, MessageParts.of(message), false, MessageTurns.cache(message));
    }
  }
}
