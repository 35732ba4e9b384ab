package io.tollgate.sandbox.internal.jobs;

import io.tollgate.sandbox.internal.exchange.Owner;
import tools.jackson.databind.node.ObjectNode;

/**
 * Work as it is kept.
 *
 * @param attempt number of the attempt that began it, which its end ends
 * @param createdMs when it was asked for, milliseconds since 1970
 * @param takesMs how long it takes from then on, milliseconds
 * @param endedMs when it ended, 0 while it runs
 * @param document what whoever asked for it keeps with it
 */
public record Job(
    String id,
    Owner owner,
    long attempt,
    long createdMs,
    long takesMs,
    long endedMs,
    State state,
    ObjectNode document) {
  /** How long work takes where nobody says how long. */
  public static final long TAKES_MS = 2_000;

  /** How far it is. */
  public enum State {
    RUNNING,
    DONE,
    CANCELLED
  }

  Job with(ObjectNode otherDocument) {
    return new Job(id, owner, attempt, createdMs, takesMs, endedMs, state, otherDocument);
  }

  Job ended(State how, long nowMs) {
    return new Job(id, owner, attempt, createdMs, takesMs, nowMs, how, document);
  }
}
