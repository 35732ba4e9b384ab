package io.tollgate.data.internal;

import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transaction;
import io.tollgate.ground.UserId;
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
  private final EventWriter told = new EventWriter();

  OpenTransaction(DSLContext sql) {
    this.sql = sql;
  }

  @Override
  public DSLContext sql() {
    return sql;
  }

  @Override
  public void publish(OutboxEvent event) {
    told.add(event);
  }

  @Override
  public void publishAll(List<OutboxEvent> events) {
    events.forEach(told::add);
  }

  @Override
  public void changed(UserId user) {
    told.changed(user);
  }

  @Override
  public long version(UserId user) {
    long stored =
        sql.fetchOptional("SELECT version FROM data.user_version WHERE user_id = ?", user.value())
            .map(row -> row.get(0, long.class))
            .orElse(0L);
    return stored + told.pending(user);
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  /** Writes what is told; the last that is done before the commit. */
  void writeEvents() {
    if (!told.isEmpty()) {
      sql.connection(told::write);
    }
  }

  boolean hasPublished() {
    return told.hasEvents();
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
