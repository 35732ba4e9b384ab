package io.tollgate.rewards.internal;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.MemberFigures;
import io.tollgate.rewards.Points;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;

/** How point cards and rewards lie over users, from the newest row of each user's log. */
public final class StoredMemberFigures implements MemberFigures {
  private static final int MOST = 100;

  /** What each user has now: rows of one card are in the order of their ids. */
  private static final String CARDS =
      """
      SELECT DISTINCT ON (l.user_id) l.tenant_id, l.user_id, l.after_self + l.after_gift AS points
        FROM rewards.point_log l
       WHERE l.user_id IS NOT NULL AND (?::bigint IS NULL OR l.tenant_id = ?::bigint)
       ORDER BY l.user_id, l.id DESC
      """;

  private static final String SPREAD =
      """
      WITH card AS (%s)
      SELECT count(*) FILTER (WHERE points > 0 AND points < 100 * 100000000::bigint) AS hundred,
             count(*) FILTER (WHERE points >= 100 * 100000000::bigint AND points < 1000 * 100000000::bigint)
               AS thousand,
             count(*) FILTER (WHERE points >= 1000 * 100000000::bigint AND points < 10000 * 100000000::bigint)
               AS ten_thousand,
             count(*) FILTER (WHERE points >= 10000 * 100000000::bigint) AS more,
             (SELECT count(*) FROM rewards.member m
               WHERE m.market_node AND (?::bigint IS NULL OR m.tenant_id = ?::bigint)) AS nodes
        FROM card
      """
          .formatted(CARDS);

  private static final String BY_CARD =
      """
      SELECT tenant_id, user_id, points AS value FROM (%s) card
       WHERE points > 0 ORDER BY points DESC, user_id LIMIT ?
      """
          .formatted(CARDS);

  private static final String BY_REWARD =
      """
      SELECT l.tenant_id, l.user_id, sum(l.amount)::bigint AS value
        FROM rewards.reward_log l
       WHERE l.type NOT IN ('withdraw_freeze', 'withdraw_reject_return')
         AND (?::bigint IS NULL OR l.tenant_id = ?::bigint)
       GROUP BY l.tenant_id, l.user_id ORDER BY value DESC, l.user_id LIMIT ?
      """;

  @Override
  public Spread spread(Transaction transaction, Optional<TenantId> tenant) {
    Long of = tenant.map(TenantId::value).orElse(null);
    var row = transaction.sql().fetchSingle(SPREAD, of, of, of, of);
    return new Spread(
        row.get("hundred", long.class),
        row.get("thousand", long.class),
        row.get("ten_thousand", long.class),
        row.get("more", long.class),
        row.get("nodes", long.class));
  }

  @Override
  public List<Ranked> ranking(
      Transaction transaction, Optional<TenantId> tenant, Rank by, int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MOST + ")");
    }
    Long of = tenant.map(TenantId::value).orElse(null);
    String query =
        switch (by) {
          case POINT_CARD -> BY_CARD;
          case REWARD -> BY_REWARD;
        };
    return transaction.sql().fetch(query, of, of, limit).map(StoredMemberFigures::ranked);
  }

  private static Ranked ranked(Record row) {
    return new Ranked(
        new TenantId(row.get("tenant_id", long.class)),
        new UserId(row.get("user_id", long.class)),
        new Amount(Points.ASSET, row.get("value", long.class)));
  }
}
