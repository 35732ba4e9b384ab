package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which call a response answers. Gemini's calls may have no ids: those get one made here, the same
 * each time the conversation is sent, and are answered in order of their name.
 */
final class OpenCalls {
  private final Map<JsonString, JsonString> namesById = new HashMap<>();
  // ids of calls that have not been answered, in order
  private final Map<JsonString, Deque<JsonString>> openByName = new HashMap<>();
  private int made;

  /** What a call and its response have in common. */
  record Call(JsonString id, JsonString name) {}

  /** The id of the next call. */
  JsonString called(Optional<JsonString> given, JsonString name) {
    JsonString id = given.orElseGet(() -> JsonString.of("call_" + ++made));
    while (namesById.putIfAbsent(id, name) != null) {
      // given twice: other protocols want each id once
      id = JsonString.of("call_" + ++made);
    }
    openByName.computeIfAbsent(name, _ -> new ArrayDeque<>()).add(id);
    return id;
  }

  /** The call that is answered. */
  Call answered(String path, Optional<JsonString> id, Optional<JsonString> name) {
    if (id.isPresent() && namesById.containsKey(id.get())) {
      JsonString called = namesById.getOrDefault(id.get(), JsonString.EMPTY);
      openByName.getOrDefault(called, new ArrayDeque<>()).remove(id.get());
      return new Call(id.get(), called);
    }
    Optional<JsonString> open = name.map(openByName::get).map(Deque::poll);
    if (open.isPresent() && name.isPresent()) {
      return new Call(open.get(), name.get());
    }
    throw RequestFault.of(
        path, "answers no open call (expected: the id or the name of a functionCall before it)");
  }
}
