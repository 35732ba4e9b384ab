package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which call a response answers. Gemini's calls may have no ids: those get one made here, the same
 * each time the conversation is sent, and are answered in order of their name.
 */
final class OpenCalls {
  private final Map<String, JsonString> namesById = new HashMap<>();
  // ids of calls that have not been answered, in order
  private final Map<String, Set<String>> openByName = new HashMap<>();
  private int made;

  /** What a call and its response have in common. */
  record Call(JsonString id, JsonString name) {}

  /** The id of the next call. */
  JsonString called(Optional<JsonString> given, JsonString name) {
    JsonString id = given.orElseGet(() -> JsonString.of("call_" + ++made));
    while (namesById.putIfAbsent(id.text(), name) != null) {
      // given twice: other protocols want each id once
      id = JsonString.of("call_" + ++made);
    }
    openByName.computeIfAbsent(name.text(), _ -> new LinkedHashSet<>()).add(id.text());
    return id;
  }

  /** The call that is answered. */
  Call answered(String path, Optional<JsonString> id, Optional<JsonString> name) {
    JsonString called = id.map(given -> namesById.get(given.text())).orElse(null);
    if (id.isPresent() && called != null) {
      openByName.getOrDefault(called.text(), new LinkedHashSet<>()).remove(id.get().text());
      return new Call(id.get(), called);
    }
    Set<String> open = name.map(given -> openByName.get(given.text())).orElse(null);
    if (name.isPresent() && open != null && !open.isEmpty()) {
      Iterator<String> first = open.iterator();
      String answered = first.next();
      first.remove();
      return new Call(JsonString.of(answered), name.get());
    }
    throw RequestFault.of(
        path, "answers no open call (expected: the id or the name of a functionCall before it)");
  }
}
