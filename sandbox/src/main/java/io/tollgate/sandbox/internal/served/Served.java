package io.tollgate.sandbox.internal.served;

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
   * @param usage prompts of attempts that began to answer, and what was handed to the caller
   * @param completed whether an attempt's last byte was sent
   */
  public record Counts(int attempts, Usage usage, boolean completed) {}

  /** One id and its counts. */
  public record Entry(String requestId, Counts counts) {}

  private final int remembered;
  private final Map<String, Counts> byRequestId = new LinkedHashMap<>();
  private long requests;
  private Usage total = Usage.NONE;

  public Served(int remembered) {
    this.remembered = remembered;
  }

  /** An attempt has begun; it counts its prompt until its end says otherwise. */
  void begin(String requestId, Usage prompt) {
    requests++;
    total = total.plus(prompt);
    if (requestId.isEmpty()) {
      return;
    }
    Counts before = byRequestId.get(requestId);
    byRequestId.put(
        requestId,
        before == null
            ? new Counts(1, prompt, false)
            : new Counts(before.attempts + 1, before.usage.plus(prompt), before.completed));
    if (byRequestId.size() > remembered) {
      var oldest = byRequestId.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** An attempt that began with {@code begun} has ended. */
  void end(String requestId, Usage begun, Usage usage, boolean completed) {
    Usage more = usage.minus(begun);
    total = total.plus(more);
    byRequestId.computeIfPresent(
        requestId,
        (id, before) ->
            new Counts(before.attempts, before.usage.plus(more), before.completed || completed));
  }

  /** Calls that were taken on. */
  public long requests() {
    return requests;
  }

  /** What was served in all. */
  public Usage total() {
    return total;
  }

  /** All ids remembered, oldest first, as of now. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(byRequestId.size());
    byRequestId.forEach((id, counts) -> entries.add(new Entry(id, counts)));
    return entries;
  }

  /** Those of the given ids that are known. */
  public List<Entry> entries(Collection<String> ids) {
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
