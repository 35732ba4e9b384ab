package io.tollgate.sandbox.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has been served, in total and by request id. Confined to the provider's event loop. Ids
 * beyond the bound are forgotten oldest first; totals are not.
 */
public final class Served {
  /**
   * What was served under one request id.
   *
   * @param attempts calls with this id, refused ones included
   * @param inputTokens prompt tokens of attempts that began to answer
   * @param outputTokens tokens handed to the caller
   * @param completed whether an attempt's last byte was sent
   */
  record Counts(int attempts, long inputTokens, long outputTokens, boolean completed) {}

  /** One id and its counts. */
  record Entry(String requestId, Counts counts) {}

  private final int remembered;
  private final Map<String, Counts> byRequestId = new LinkedHashMap<>();
  private long requests;
  private long inputTokens;
  private long outputTokens;

  public Served(int remembered) {
    this.remembered = remembered;
  }

  /** An attempt has begun; it counts its prompt until its end says otherwise. */
  void begin(String requestId, int input) {
    requests++;
    inputTokens += input;
    if (requestId.isEmpty()) {
      return;
    }
    Counts before = byRequestId.get(requestId);
    byRequestId.put(
        requestId,
        before == null
            ? new Counts(1, input, 0, false)
            : new Counts(
                before.attempts + 1,
                before.inputTokens + input,
                before.outputTokens,
                before.completed));
    if (byRequestId.size() > remembered) {
      var oldest = byRequestId.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** An attempt that began with {@code begun} prompt tokens has ended. */
  void end(String requestId, int begun, int input, int output, boolean completed) {
    inputTokens += input - begun;
    outputTokens += output;
    byRequestId.computeIfPresent(
        requestId,
        (id, before) ->
            new Counts(
                before.attempts,
                before.inputTokens + input - begun,
                before.outputTokens + output,
                before.completed || completed));
  }

  long requests() {
    return requests;
  }

  long inputTokens() {
    return inputTokens;
  }

  long outputTokens() {
    return outputTokens;
  }

  /** All ids remembered, oldest first, as of now. */
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(byRequestId.size());
    byRequestId.forEach((id, counts) -> entries.add(new Entry(id, counts)));
    return entries;
  }

  /** Those of the given ids that are known. */
  List<Entry> entries(Collection<String> ids) {
    return ids.stream()
        .distinct()
        .flatMap(
            id ->
                Optional.ofNullable(byRequestId.get(id))
                    .map(counts -> new Entry(id, counts))
                    .stream())
        .toList();
  }
}
