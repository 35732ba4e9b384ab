package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.gateway.LoggedRequest;

/**
 * A request in the log.
 *
 * @param weight how many requests it stands for: more than one where a flood of refused ones was
 *     sampled
 */
public record LoggedRow(LoggedRequest request, int weight) {
  public LoggedRow {
    requireNonNull(request, "request is null");
  }

  /** Where the next page begins. */
  public LogPosition position() {
    return new LogPosition(request.arrivedAt(), request.id().value());
  }
}
