package io.tollgate.data;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as a subscriber gets it.
 *
 * @param id unique, the same at every delivery: what a consumer drops repeats by
 * @param event what was published
 * @param version of the user whose event it is: grows from each of the user's events to the next; 0
 *     for events of nobody
 * @param previous version of the user's event before this one; 0 when it is the first
 * @param createdAt when it was written
 */
public record DeliveredEvent(
    UUID id, OutboxEvent event, long version, long previous, Instant createdAt) {
  public DeliveredEvent {
    requireNonNull(id, "id is null");
    requireNonNull(event, "event is null");
    requireNonNull(createdAt, "createdAt is null");
  }
}
