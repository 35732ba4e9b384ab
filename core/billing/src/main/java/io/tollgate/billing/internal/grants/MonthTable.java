package io.tollgate.billing.internal.grants;

import static io.tollgate.schema.billing.Tables.MONTH_RESET;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/** Which tenants' users have had the quota of which month, and who had some before. */
final class MonthTable {
  // from one tenant to the next in the index, however many rows each has
  private static final String TENANTS =
      """
      WITH RECURSIVE t (id) AS (
        SELECT min(g.tenant_id) FROM billing.given_grant g WHERE g.source = 'FREE'
         UNION ALL
        SELECT (SELECT min(g.tenant_id)
                  FROM billing.given_grant g
                 WHERE g.source = 'FREE' AND g.tenant_id > t.id)
          FROM t
         WHERE t.id IS NOT NULL)
      SELECT id FROM t WHERE id IS NOT NULL
      """;

  private static final String HAD =
      """
      SELECT DISTINCT g.user_id, g.asset
        FROM billing.given_grant g
        JOIN (SELECT DISTINCT user_id
                FROM billing.given_grant
               WHERE source = 'FREE' AND tenant_id = ? AND user_id > ?
               ORDER BY user_id
               LIMIT ?) u ON u.user_id = g.user_id
       WHERE g.source = 'FREE' AND g.tenant_id = ?
      """;

  private MonthTable() {}

  /** A user who has had quota in an asset. */
  record Had(UserId user, String asset) {}

  static List<TenantId> tenants(Transaction transaction) {
    return transaction.sql().fetch(TENANTS).map(row -> new TenantId(row.get(0, Long.class)));
  }

  /** Of the next users after one, all that they have had. */
  static List<Had> had(Transaction transaction, TenantId tenant, long after, int users) {
    return transaction
        .sql()
        .fetch(HAD, tenant.value(), after, users, tenant.value())
        .map(row -> new Had(new UserId(row.get(0, Long.class)), row.get(1, String.class)));
  }

  static boolean isDone(Transaction transaction, TenantId tenant, YearMonth month) {
    return transaction
        .sql()
        .fetchExists(
            MONTH_RESET,
            MONTH_RESET.TENANT_ID.eq(tenant.value()).and(MONTH_RESET.MONTH.eq(month.toString())));
  }

  /** Notes that all have had it; whether nobody had noted it before. */
  static boolean done(Transaction transaction, TenantId tenant, YearMonth month, Instant now) {
    return transaction
            .sql()
            .insertInto(MONTH_RESET)
            .set(MONTH_RESET.TENANT_ID, tenant.value())
            .set(MONTH_RESET.MONTH, month.toString())
            .set(MONTH_RESET.DONE_AT, now)
            .onConflictDoNothing()
            .execute()
        == 1;
  }
}
