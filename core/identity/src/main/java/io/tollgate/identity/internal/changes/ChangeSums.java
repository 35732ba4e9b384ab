package io.tollgate.identity.internal.changes;

import io.tollgate.data.Transaction;
import io.tollgate.identity.AdminChangeCount;
import io.tollgate.identity.AdminChangeSums;
import java.time.Instant;
import java.util.List;

/** Counts rows of the administrators' log. */
final class ChangeSums {
  private static final String DAYS = sql("(at AT TIME ZONE 'UTC')::date::text", "1", 400);
  private static final String ADMINS = sql("username", "2 DESC, 3 DESC, 1", 100);
  private static final String ACTIONS = sql("action", "2 DESC, 3 DESC, 1", 100);

  private ChangeSums() {}

  static AdminChangeSums of(Transaction transaction, Instant start, Instant end) {
    return new AdminChangeSums(
        read(transaction, DAYS, start, end),
        read(transaction, ADMINS, start, end),
        read(transaction, ACTIONS, start, end));
  }

  private static String sql(String what, String order, int max) {
    return """
        SELECT %s, count(*) FILTER (WHERE outcome = 'done'),
               count(*) FILTER (WHERE outcome = 'refused')
          FROM identity.admin_change
         WHERE at >= ?::timestamptz AND at < ?::timestamptz
         GROUP BY 1
         ORDER BY %s
         LIMIT %d
        """
        .formatted(what, order, max);
  }

  private static List<AdminChangeCount> read(
      Transaction transaction, String sql, Instant start, Instant end) {
    return transaction
        .sql()
        .resultQuery(sql, start.toString(), end.toString())
        .fetch()
        .map(
            row ->
                new AdminChangeCount(
                    row.get(0, String.class), row.get(1, Long.class), row.get(2, Long.class)));
  }
}
