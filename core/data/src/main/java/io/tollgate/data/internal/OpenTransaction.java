package io.tollgate.data.internal;

import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at a transaction, on one connection. */
final class OpenTransaction implements Transaction {
  private static final Logger LOG = LoggerFactory.getLogger(OpenTransaction.class);

  private final DSLContext sql;
  private final List<Runnable> afterCommit = new ArrayList<>();
  private boolean published;

  OpenTransaction(DSLContext sql) {
    this.sql = sql;
  }

  @Override
  public DSLContext sql() {
    return sql;
  }

  @Override
  public void publish(OutboxEvent event) {
    sql.execute(
        "INSERT INTO data.outbox (tenant, subject, type, payload) VALUES (?, ?, ?, ?::jsonb)",
        event.tenant().value(),
        event.subject(),
        event.type(),
        event.payload());
    published = true;
  }

  @Override
  public void publishAll(List<OutboxEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    sql.execute(
        """
        INSERT INTO data.outbox (tenant, subject, type, payload)
        SELECT e.tenant, e.subject, e.type, e.payload::jsonb
          FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[])
               WITH ORDINALITY AS e (tenant, subject, type, payload, place)
         ORDER BY e.place
        """,
        events.stream().map(event -> event.tenant().value()).toArray(Long[]::new),
        events.stream().map(OutboxEvent::subject).toArray(String[]::new),
        events.stream().map(OutboxEvent::type).toArray(String[]::new),
        events.stream().map(OutboxEvent::payload).toArray(String[]::new));
    published = true;
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  boolean hasPublished() {
    return published;
  }

  void committed() {
    for (Runnable action : afterCommit) {
      try {
        action.run();
      } catch (RuntimeException e) {
        // the change is done; failing the caller would say it is not
        LOG.error("an action after commit failed", e);
      }
    }
  }
}
