package io.tollgate.insight.internal.spool;

import static java.util.Objects.requireNonNull;

import io.tollgate.insight.LoggedRow;
import io.tollgate.relay.gateway.LoggedRequest;

/**
 * A request on its way to the store.
 *
 * @param weight how many requests it stands for: more than one where a flood of refused ones is
 *     sampled
 * @param elsewhere whether others than our gateways tell of it; no spool has such ones
 */
public record SpoolEntry(LoggedRequest request, int weight, boolean elsewhere) {
  public SpoolEntry {
    requireNonNull(request, "request is null");
  }

  /** One of our own. */
  public SpoolEntry(LoggedRequest request, int weight) {
    this(request, weight, false);
  }

  public static SpoolEntry of(LoggedRow row) {
    return new SpoolEntry(row.request(), row.weight(), row.elsewhere());
  }

  public LoggedRow row() {
    return new LoggedRow(request, weight, elsewhere);
  }
}
