package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.gateway.LoggedRequest;

/**
 * A request in the log.
 *
 * @param weight how many requests it stands for: more than one where a flood of refused ones was
 *     sampled
 * @param elsewhere whether others than our gateways tell of it: what they say that it cost is not
 *     in our books
 */
public record LoggedRow(LoggedRequest request, int weight, boolean elsewhere) {
  public LoggedRow {
    requireNonNull(request, "request is null");
  }

  /** One of our own. */
  public LoggedRow(LoggedRequest request, int weight) {
    this(request, weight, false);
  }

  /** Where the next page begins. */
  public LogPosition position() {
    return new LogPosition(request.arrivedAt(), request.id().value());
  }
}
