package io.tollgate.rewards.internal.members;

import static io.tollgate.schema.rewards.Tables.HOLDING;
import static org.jooq.impl.DSL.any;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Cursor;
import org.jooq.Record2;
import org.jooq.impl.DSL;

/** The table of what exchange accounts hold. */
final class HoldingTable {
  /** The account under which a total stands. */
  static final String TOTAL = "";

  private static final String WRITE =
      """
      INSERT INTO rewards.holding AS h (user_id, account_id, tenant_id, amount, told_at)
      SELECT u.user_id, u.account_id, ?, u.amount, ?::timestamptz
        FROM unnest(?::bigint[], ?::text[], ?::bigint[]) AS u (user_id, account_id, amount)
       ORDER BY u.user_id, u.account_id
      ON CONFLICT (user_id, account_id) DO UPDATE
         SET amount = excluded.amount, told_at = excluded.told_at
      """;

  private static final String DELETE =
      """
      DELETE FROM rewards.holding h
       USING unnest(?::bigint[], ?::text[]) AS u (user_id, account_id)
       WHERE h.user_id = u.user_id AND h.account_id = u.account_id
      """;

  private HoldingTable() {}

  /** What the accounts of these users hold, by account. */
  static Map<UserId, Map<String, Long>> find(Transaction transaction, Collection<UserId> users) {
    Map<UserId, Map<String, Long>> found = new HashMap<>();
    transaction
        .sql()
        .selectFrom(HOLDING)
        .where(HOLDING.USER_ID.eq(any(users.stream().map(UserId::value).toArray(Long[]::new))))
        .forEach(
            row ->
                found
                    .computeIfAbsent(new UserId(row.getUserId()), _ -> new HashMap<>())
                    .put(row.getAccountId(), row.getAmount()));
    return found;
  }

  /** Puts what they hold now in the place of what was there; users locked by the caller. */
  static void replace(
      Transaction transaction,
      TenantId tenant,
      Map<UserId, Map<String, Long>> before,
      Map<UserId, Map<String, Long>> now,
      Instant at) {
    List<Long> users = new ArrayList<>();
    List<String> accounts = new ArrayList<>();
    List<Long> amounts = new ArrayList<>();
    List<Long> goneUsers = new ArrayList<>();
    List<String> goneAccounts = new ArrayList<>();
    now.forEach(
        (user, holdings) -> {
          Map<String, Long> old = before.getOrDefault(user, Map.of());
          holdings.forEach(
              (account, amount) -> {
                if (!amount.equals(old.get(account))) {
                  users.add(user.value());
                  accounts.add(account);
                  amounts.add(amount);
                }
              });
          for (String account : old.keySet()) {
            if (!holdings.containsKey(account)) {
              goneUsers.add(user.value());
              goneAccounts.add(account);
            }
          }
        });
    if (!goneUsers.isEmpty()) {
      var _ =
          transaction
              .sql()
              .execute(DELETE, goneUsers.toArray(Long[]::new), goneAccounts.toArray(String[]::new));
    }
    if (!users.isEmpty()) {
      var _ =
          transaction
              .sql()
              .execute(
                  WRITE,
                  tenant.value(),
                  at.toString(),
                  users.toArray(Long[]::new),
                  accounts.toArray(String[]::new),
                  amounts.toArray(Long[]::new));
    }
  }

  /** Hears what users hold. */
  @FunctionalInterface
  interface Held {
    /** A user, and units of points. */
    void by(long user, long units);
  }

  /** Tells what each user of a tenant holds in all. */
  static void sums(Transaction transaction, TenantId tenant, Held told) {
    try (Cursor<Record2<Long, BigDecimal>> rows =
        transaction
            .sql()
            .select(HOLDING.USER_ID, DSL.sum(HOLDING.AMOUNT))
            .from(HOLDING)
            .where(HOLDING.TENANT_ID.eq(tenant.value()))
            .groupBy(HOLDING.USER_ID)
            .fetchSize(MemberTable.ROWS_AT_ONCE)
            .fetchLazy()) {
      rows.forEach(row -> told.by(row.value1(), row.value2().longValueExact()));
    }
  }
}
