package io.tollgate.data.internal;

import io.tollgate.data.DeliveredEvent;
import io.tollgate.data.OutboxEvent;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;

/** Rows of the outbox as events. */
final class EventRows {
  static final String COLUMNS =
      "o.id, o.event, o.tenant, o.user_id, o.subject, o.type, o.payload::text AS payload,"
          + " o.version, o.previous, o.created_at";

  private EventRows() {}

  static DeliveredEvent event(Record row) {
    long user = row.get("user_id", long.class);
    return new DeliveredEvent(
        row.get("event", UUID.class),
        new OutboxEvent(
            new TenantId(row.get("tenant", long.class)),
            user == 0 ? Optional.empty() : Optional.of(new UserId(user)),
            row.get("subject", String.class),
            row.get("type", String.class),
            row.get("payload", String.class)),
        row.get("version", long.class),
        row.get("previous", long.class),
        row.get("created_at", Instant.class));
  }
}
