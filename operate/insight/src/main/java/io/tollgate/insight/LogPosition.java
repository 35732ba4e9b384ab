package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/** A place in the list of requests, which has the newest first. */
public record LogPosition(Instant arrivedAt, UUID request) {
  public LogPosition {
    requireNonNull(arrivedAt, "arrivedAt is null");
    requireNonNull(request, "request is null");
  }
}
