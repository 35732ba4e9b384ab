package io.tollgate.data;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as a subscriber gets it.
 *
 * @param id unique, the same at every delivery: what a consumer drops repeats by
 * @param event what was published
 * @param createdAt when it was written
 */
public record DeliveredEvent(UUID id, OutboxEvent event, Instant createdAt) {
  public DeliveredEvent {
    requireNonNull(id, "id is null");
    requireNonNull(event, "event is null");
    requireNonNull(createdAt, "createdAt is null");
  }
}
