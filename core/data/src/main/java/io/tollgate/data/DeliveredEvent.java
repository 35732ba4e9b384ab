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

  /**
   * The event as others are told of it: who, what and when, its fields, and the fields again below
   * {@code data}.
   *
   * @param externalId of the user whose event it is
   */
  public String whole(String externalId) {
    return "{\"id\":\""
        + id
        + "\",\"type\":\""
        + event.type()
        + "\",\"user_id\":\""
        + externalId
        + "\",\"tenant_id\":"
        + event.tenant()
        + ",\"timestamp\":\""
        + createdAt
        + "\",\"version\":"
        + version
        + moreFields()
        + ",\"data\":"
        + event.fields()
        + "}";
  }

  /** The fields, to be written after others of an object; empty when there are none. */
  public String moreFields() {
    String all = event.fields().strip();
    String inner = all.substring(1, all.length() - 1).strip();
    return inner.isEmpty() ? "" : "," + inner;
  }
}
