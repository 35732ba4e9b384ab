package io.tollgate.data.internal;

import io.tollgate.data.DeliveredEvent;
import io.tollgate.data.Transaction;
import io.tollgate.data.UserEvents;
import io.tollgate.ground.UserId;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Record;

/** Reads kept events of users. */
public final class StoredUserEvents implements UserEvents {
  private static final String LAST = "SELECT last_event FROM data.user_version WHERE user_id = ?";

  private static final String AFTER =
      "SELECT "
          + EventRows.COLUMNS
          + " FROM data.outbox o WHERE o.user_id = ? AND o.user_id > 0 AND o.version > ?"
          + " ORDER BY o.version LIMIT ?";

  @Override
  public Page after(Transaction transaction, UserId user, long after, int max) {
    // read first: an event that is written meanwhile is among those that follow
    long last =
        transaction
            .sql()
            .fetchOptional(LAST, user.value())
            .map(row -> row.get("last_event", long.class))
            .orElse(0L);
    List<DeliveredEvent> events = new ArrayList<>();
    for (Record row : transaction.sql().fetch(AFTER, user.value(), after, max + 1)) {
      events.add(EventRows.event(row));
    }
    boolean more = events.size() > max;
    if (more) {
      events.removeLast();
    }
    boolean whole = events.isEmpty() ? last <= after : events.getFirst().previous() <= after;
    return new Page(events, whole, more);
  }
}
