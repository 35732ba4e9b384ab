package io.tollgate.sandbox.internal.responses;

import io.tollgate.sandbox.internal.exchange.Owner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Responses that can be looked at and gone on from, the newest of them. Thread-safe. */
final class ResponseMemory {
  private static final int MAX_RESPONSES = 10_000;

  /**
   * A response.
   *
   * @param json as it was answered
   * @param tokens all that was read and said up to its end
   * @param openCalls ids of its calls, which whoever goes on must answer
   * @param input what was asked with, as it came
   */
  record Kept(
      Owner owner, String json, int tokens, long seed, List<String> openCalls, JsonNode input) {}

  private final Map<String, Kept> byId = new LinkedHashMap<>();

  synchronized void keep(String id, Kept kept) {
    byId.put(id, kept);
    if (byId.size() > MAX_RESPONSES) {
      var oldest = byId.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  synchronized Optional<Kept> find(String id, Owner owner) {
    return Optional.ofNullable(byId.get(id)).filter(kept -> kept.owner().equals(owner));
  }

  synchronized boolean remove(String id, Owner owner) {
    return find(id, owner).isPresent() && byId.remove(id) != null;
  }
}
