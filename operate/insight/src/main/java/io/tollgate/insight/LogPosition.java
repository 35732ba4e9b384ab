package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/** A place in the list of requests, which has the newest first. */
public record LogPosition(Instant arrivedAt, UUID request) {
  /** The order of the list: by bytes of the id, where they arrived at once. */
  public static final Comparator<LogPosition> NEWEST_FIRST =
      Comparator.comparing(LogPosition::arrivedAt)
          .thenComparing(position -> position.request().toString())
          .reversed();

  public LogPosition {
    requireNonNull(arrivedAt, "arrivedAt is null");
    requireNonNull(request, "request is null");
  }
}
