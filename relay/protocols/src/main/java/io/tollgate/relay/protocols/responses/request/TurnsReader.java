package io.tollgate.relay.protocols.responses.request;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.conversation.Turn.Role;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a request's items as turns: what the assistant thinks, says and calls one after the other
 * is one turn, and so are results that follow one another.
 */
final class TurnsReader {
  private static final JsonString NO_ARGUMENTS = JsonString.of("{}");

  private final List<Part> system = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  // by id as text, which is found fast among others of the same hash
  private final Map<String, JsonString> calls = new HashMap<>();
  // the turn that grows
  private List<Part> parts = new ArrayList<>();
  private Role role = Role.USER;
  private boolean results;

  void instructions(Optional<JsonString> text) {
    text.filter(given -> !given.isEmpty())
        .ifPresent(given -> system.add(new Part.Text(given, CacheMark.NONE)));
  }

  List<Part> system() {
    return system;
  }

  List<Turn> turns() {
    return turns;
  }

  void read(BodyNode input) {
    switch (input) {
      case BodyNode.Text(JsonString text) ->
          turns.add(new Turn(Role.USER, List.of(new Part.Text(text, CacheMark.NONE))));
      case BodyNode.Items(List<BodyNode> items) -> {
        for (int i = 0; i < items.size(); i++) {
          String where = "input[" + i + "]";
          item(Values.members(items.get(i), where), where);
        }
        end();
      }
      case BodyNode.Members _, BodyNode.Number _, BodyNode.Flag _, BodyNode.Nothing _ ->
          throw Values.fault("input", input, "a string or an array of items");
    }
  }

  private void item(BodyNode.Members item, String where) {
    Optional<JsonString> type = Values.text(item, "type", where);
    String word = type.map(given -> given.length() > 64 ? "" : given.text()).orElse("message");
    switch (word) {
      case "message" -> message(item, where);
      case "function_call" -> {
        JsonString id = Values.requiredText(item, "call_id", where);
        JsonString name = Values.requiredText(item, "name", where);
        JsonString arguments = arguments(item, where);
        calls.put(id.text(), name);
        begin(Role.ASSISTANT, false);
        parts.add(new Part.ToolCall(id, name, arguments, Optional.empty(), CacheMark.NONE));
      }
      case "function_call_output" -> {
        JsonString id = Values.requiredText(item, "call_id", where);
        JsonString name = calls.get(id.text());
        if (name == null) {
          throw RequestFault.of(
              where + ".call_id",
              "no call before it has this id (expected: the call_id of a function_call)");
        }
        begin(Role.USER, true);
        parts.add(
            new Part.ToolResult(
                id, name, PartsReader.parts(item, "output", where), false, CacheMark.NONE));
      }
      case "reasoning" -> thinking(item, where);
      default ->
          throw Values.onlyHere(
              where + ".type", type.map(given -> new BodyNode.Text(given).shown()).orElse(""));
    }
  }

  private void message(BodyNode.Members item, String where) {
    String word = Values.requiredText(item, "role", where).text();
    List<Part> said = PartsReader.parts(item, "content", where);
    switch (word) {
      case "assistant" -> {
        begin(Role.ASSISTANT, false);
        parts.addAll(said);
      }
      case "system", "developer" -> {
        if (!said.stream().allMatch(Part.Text.class::isInstance)) {
          throw RequestFault.of(
              where + ".content", "more than text (expected: text, in a message of " + word + ")");
        }
        if (turns.isEmpty() && parts.isEmpty()) {
          system.addAll(said);
        } else {
          end();
          turns.add(new Turn(Role.SYSTEM, said));
        }
      }
      default -> {
        end();
        turns.add(new Turn(Role.USER, said));
      }
    }
  }

  private void thinking(BodyNode.Members item, String where) {
    Optional<Signature> signature =
        Values.text(item, "encrypted_content", where)
            .filter(text -> !text.isEmpty())
            .map(text -> Signature.carried(Protocol.RESPONSES, text));
    JsonString text = PartsReader.joined(item, "summary", where);
    if (text.isEmpty()) {
      text = PartsReader.joined(item, "content", where);
    }
    begin(Role.ASSISTANT, false);
    if (!text.isEmpty()) {
      parts.add(new Part.Thinking(text, signature));
    } else {
      signature.ifPresent(data -> parts.add(new Part.RedactedThinking(data)));
    }
  }

  /** The arguments of a call, which must be a JSON object; some write nothing for none. */
  private static JsonString arguments(BodyNode.Members item, String where) {
    JsonString arguments = Values.requiredText(item, "arguments", where);
    if (arguments.isEmpty()) {
      return NO_ARGUMENTS;
    }
    byte[] written = arguments.utf8();
    try {
      JsonScanner scanner = new JsonScanner(written, 0, written.length);
      JsonToken first = scanner.next();
      if (first == JsonToken.OBJECT_START) {
        scanner.skipRest(first);
        scanner.next();
        return arguments;
      }
    } catch (JsonFault e) {
      // told below
    }
    throw RequestFault.of(
        where + ".arguments", "not a JSON object (expected: a JSON object, as a string)");
  }

  private void begin(Role next, boolean nextResults) {
    if (role != next || results != nextResults) {
      end();
    }
    role = next;
    results = nextResults;
  }

  private void end() {
    if (!parts.isEmpty()) {
      turns.add(new Turn(role, parts));
      parts = new ArrayList<>();
    }
  }
}
