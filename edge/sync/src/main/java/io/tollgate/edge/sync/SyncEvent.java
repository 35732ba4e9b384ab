package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.DeliveredEvent;
import io.tollgate.data.OutboxEvent;
import io.tollgate.ground.UserId;
import io.tollgate.web.Json;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** An event of a user on its way to clients. What is written of it is written once for all. */
final class SyncEvent {
  /** What streams tell of. */
  private static final Set<String> STREAMED =
      Set.of("quota.updated", "balance.changed", "usage.recorded", "quota.low", "quota.exhausted");

  private final DeliveredEvent delivered;
  private final UserId user;
  private volatile String whole = "";

  SyncEvent(DeliveredEvent delivered) {
    this.delivered = requireNonNull(delivered, "delivered is null");
    this.user =
        delivered
            .event()
            .user()
            .orElseThrow(() -> new IllegalArgumentException("an event of nobody"));
  }

  UserId user() {
    return user;
  }

  long version() {
    return delivered.version();
  }

  long previous() {
    return delivered.previous();
  }

  String type() {
    return delivered.event().type();
  }

  Instant at() {
    return delivered.createdAt();
  }

  boolean isStreamed() {
    return isOf(OutboxEvent.BILLING) && STREAMED.contains(type());
  }

  boolean isOf(String subject) {
    return delivered.event().subject().equals(subject);
  }

  JsonNode fields() {
    return Json.MAPPER.readTree(delivered.event().fields());
  }

  /** For streams: the fields beside the type. */
  String flat() {
    return "{\"type\":\""
        + type().replace('.', '_')
        + "\",\"timestamp\":\""
        + delivered.createdAt()
        + "\",\"version\":"
        + version()
        + delivered.moreFields()
        + "}";
  }

  /** As the bus has it: the fields at the top and below {@code data}. */
  String whole(String externalId) {
    String written = whole;
    if (written.isEmpty()) {
      written = delivered.whole(externalId);
      whole = written;
    }
    return written;
  }
}
