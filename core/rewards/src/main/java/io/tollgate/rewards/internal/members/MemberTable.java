package io.tollgate.rewards.internal.members;

import static io.tollgate.schema.rewards.Tables.MEMBER;
import static org.jooq.impl.DSL.any;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Cursor;
import org.jooq.Record;

/** The table of who holds something, is above somebody who does, or is a market node. */
public final class MemberTable {
  static final int ROWS_AT_ONCE = 10_000;

  // in the order of numbers, as the rows are locked
  private static final String ADD_MISSING =
      """
      INSERT INTO rewards.member (user_id, tenant_id)
      SELECT u, ? FROM unnest(?::bigint[]) AS u ORDER BY u
      ON CONFLICT (user_id) DO NOTHING
      """;

  private static final String LOCK =
      """
      SELECT user_id, market_node, self_hold, team_performance, level
        FROM rewards.member WHERE user_id = ANY (?) ORDER BY user_id FOR NO KEY UPDATE
      """;

  private static final String WRITE =
      """
      INSERT INTO rewards.member AS m (user_id, tenant_id, self_hold, team_performance, level)
      SELECT u.user_id, ?, u.self_hold, u.team_performance, u.level
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::smallint[])
             AS u (user_id, self_hold, team_performance, level)
       ORDER BY u.user_id
      ON CONFLICT (user_id) DO UPDATE
         SET self_hold = excluded.self_hold, team_performance = excluded.team_performance,
             level = excluded.level
      """;

  private MemberTable() {}

  /**
   * A row.
   *
   * @param selfHold and teamPerformance in units of points
   */
  public record Member(
      long user, boolean marketNode, long selfHold, long teamPerformance, int level) {
    /** One of whom nothing is known. */
    static Member unknown(long user) {
      return new Member(user, false, 0, 0, 0);
    }

    Member with(long newHold, long newPerformance, int newLevel) {
      return new Member(user, marketNode, newHold, newPerformance, newLevel);
    }
  }

  /** Those of these users who have a row. */
  public static Map<UserId, Member> find(Transaction transaction, Collection<UserId> users) {
    Map<UserId, Member> found = new HashMap<>();
    transaction
        .sql()
        .selectFrom(MEMBER)
        .where(MEMBER.USER_ID.eq(any(numbers(users))))
        .forEach(row -> found.put(new UserId(row.getUserId()), member(row)));
    return found;
  }

  /** Locks the rows of these users, which are made where they are not there. */
  static Map<UserId, Member> lock(
      Transaction transaction, TenantId tenant, Collection<UserId> users) {
    Long[] numbers = numbers(users);
    Map<UserId, Member> locked = lock(transaction, numbers);
    if (locked.size() < users.size()) {
      var _ = transaction.sql().execute(ADD_MISSING, tenant.value(), numbers);
      return lock(transaction, numbers);
    }
    return locked;
  }

  private static Map<UserId, Member> lock(Transaction transaction, Long[] numbers) {
    Map<UserId, Member> locked = new HashMap<>();
    transaction
        .sql()
        .fetch(LOCK, (Object) numbers)
        .forEach(row -> locked.put(new UserId(row.get("user_id", Long.class)), member(row)));
    return locked;
  }

  /** Writes what they hold, their performance and level. */
  static void write(Transaction transaction, TenantId tenant, List<Member> members) {
    for (int from = 0; from < members.size(); from += ROWS_AT_ONCE) {
      List<Member> part = members.subList(from, Math.min(members.size(), from + ROWS_AT_ONCE));
      var _ =
          transaction
              .sql()
              .execute(
                  WRITE,
                  tenant.value(),
                  part.stream().map(Member::user).toArray(Long[]::new),
                  part.stream().map(Member::selfHold).toArray(Long[]::new),
                  part.stream().map(Member::teamPerformance).toArray(Long[]::new),
                  part.stream().map(member -> (short) member.level()).toArray(Short[]::new));
    }
  }

  static void setMarketNode(Transaction transaction, UserId user, boolean node) {
    var _ =
        transaction
            .sql()
            .update(MEMBER)
            .set(MEMBER.MARKET_NODE, node)
            .where(MEMBER.USER_ID.eq(user.value()))
            .and(MEMBER.MARKET_NODE.ne(node))
            .execute();
  }

  /** Goes through all rows of a tenant. */
  static Cursor<? extends Record> all(Transaction transaction, TenantId tenant) {
    return transaction
        .sql()
        .selectFrom(MEMBER)
        .where(MEMBER.TENANT_ID.eq(tenant.value()))
        .fetchSize(ROWS_AT_ONCE)
        .fetchLazy();
  }

  static Member member(Record row) {
    return new Member(
        row.get(MEMBER.USER_ID),
        row.get(MEMBER.MARKET_NODE),
        row.get(MEMBER.SELF_HOLD),
        row.get(MEMBER.TEAM_PERFORMANCE),
        row.get(MEMBER.LEVEL));
  }

  private static Long[] numbers(Collection<UserId> users) {
    return users.stream().map(UserId::value).toArray(Long[]::new);
  }
}
