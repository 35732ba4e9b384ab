package io.tollgate.insight.internal.spool;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.gateway.LoggedRequest;

/**
 * A request on its way to the store.
 *
 * @param weight how many requests it stands for: more than one where a flood of refused ones is
 *     sampled
 */
public record SpoolEntry(LoggedRequest request, int weight) {
  public SpoolEntry {
    requireNonNull(request, "request is null");
  }
}
