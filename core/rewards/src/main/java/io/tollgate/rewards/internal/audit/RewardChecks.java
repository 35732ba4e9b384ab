package io.tollgate.rewards.internal.audit;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.rewards.RewardTerms;
import java.util.List;
import java.util.stream.Collectors;

/** Holds point cards, shares of profits, rewards, teams and withdrawals against the books. */
public final class RewardChecks {
  /** Movements of cards follow one another, and are what the ledger has. */
  private static final List<String> CARDS =
      List.of(
          // each movement begins where the one before it has ended
          """
          SELECT format('movement %s of the card of %s', m.id, coalesce('user ' || m.user_id, 'tenant ' || m.tenant_id)),
                 format('from %s / %s / %s', m.was_self, m.was_gift, m.was_owed),
                 format('%s / %s / %s', m.before_self, m.before_gift, m.before_owed)
            FROM (SELECT l.*,
                         lag(after_self, 1, 0::bigint) OVER w AS was_self,
                         lag(after_gift, 1, 0::bigint) OVER w AS was_gift,
                         lag(after_owed, 1, 0::bigint) OVER w AS was_owed
                    FROM rewards.point_log l
                  WINDOW w AS (PARTITION BY l.tenant_id, l.user_id ORDER BY l.id)) m
           WHERE (m.before_self, m.before_gift, m.before_owed) <> (m.was_self, m.was_gift, m.was_owed)
           ORDER BY m.id
          """,
          // each movement is what its transfer has moved of the card
          """
          SELECT format('movement %s', l.id),
                 format('%s self, %s gift', l.after_self - l.before_self, l.after_gift - l.before_gift),
                 format('%s self, %s gift in transfer %s', coalesce(e.self, 0), coalesce(e.gift, 0), l.transfer_id)
            FROM rewards.point_log l
            LEFT JOIN LATERAL (
                  SELECT sum(e.amount) FILTER (WHERE a.kind = 'point_self') AS self,
                         sum(e.amount) FILTER (WHERE a.kind = 'point_gift') AS gift
                    FROM ledger.entry e
                    JOIN ledger.account a ON a.id = e.account_id AND a.shard = e.shard
                   WHERE e.transfer_id = l.transfer_id AND a.tenant_id = l.tenant_id
                     AND a.owner = coalesce('user:' || l.user_id, 'tenant')) e ON true
           WHERE coalesce(e.self, 0) <> l.after_self - l.before_self
              OR coalesce(e.gift, 0) <> l.after_gift - l.before_gift
           ORDER BY l.id
          """,
          // the last movement is what the card has
          """
          SELECT format('card of tenant %s %s', coalesce(a.tenant_id, l.tenant_id), coalesce(a.owner, l.owner)),
                 format('%s / %s / %s', coalesce(l.after_self, 0), coalesce(l.after_gift, 0), coalesce(l.after_owed, 0)),
                 format('%s / %s / %s', coalesce(a.self, 0), coalesce(a.gift, 0), coalesce(a.owed, 0))
            FROM (SELECT tenant_id, owner,
                         sum(balance) FILTER (WHERE kind = 'point_self') AS self,
                         sum(balance) FILTER (WHERE kind = 'point_gift') AS gift,
                         -sum(balance) FILTER (WHERE kind = 'point_owed') AS owed
                    FROM ledger.account
                   WHERE kind IN ('point_self', 'point_gift', 'point_owed')
                   GROUP BY tenant_id, owner) a
            FULL JOIN (
                  SELECT DISTINCT ON (tenant_id, user_id) tenant_id,
                         coalesce('user:' || user_id, 'tenant') AS owner, after_self, after_gift, after_owed
                    FROM rewards.point_log ORDER BY tenant_id, user_id, id DESC) l
              ON l.tenant_id = a.tenant_id AND l.owner = a.owner
           WHERE (coalesce(a.self, 0), coalesce(a.gift, 0), coalesce(a.owed, 0))
              <> (coalesce(l.after_self, 0), coalesce(l.after_gift, 0), coalesce(l.after_owed, 0))
          """,
          // nobody owes who has something
          """
          SELECT format('movement %s', id), 'something owed, or something there',
                 format('%s / %s with %s owed', after_self, after_gift, after_owed)
            FROM rewards.point_log
           WHERE after_owed > 0 AND after_self + after_gift > 0
             AND change_type = 'profit_charge'
           ORDER BY id
          """);

  /** Charges are what was posted, owed and paid. */
  private static final List<String> PROFITS =
      List.of(
          // each charge has its transfer, with its parts
          """
          SELECT format('charge %s', c.id), format('%s self, %s gift, %s owed', c.from_self, c.from_gift, c.owed),
                 format('%s, %s, %s in transfer %s', coalesce(e.self, 0), coalesce(e.gift, 0), coalesce(e.owed, 0),
                        c.transfer_id)
            FROM rewards.profit_close c
            LEFT JOIN LATERAL (
                  SELECT -sum(e.amount) FILTER (WHERE a.kind = 'point_self') AS self,
                         -sum(e.amount) FILTER (WHERE a.kind = 'point_gift') AS gift,
                         -sum(e.amount) FILTER (WHERE a.kind = 'point_owed') AS owed
                    FROM ledger.entry e
                    JOIN ledger.account a ON a.id = e.account_id AND a.shard = e.shard
                   WHERE e.transfer_id = c.transfer_id AND a.owner = 'user:' || c.user_id) e ON true
           WHERE (c.from_self, c.from_gift, c.owed)
              <> (coalesce(e.self, 0), coalesce(e.gift, 0), coalesce(e.owed, 0))
           ORDER BY c.id
          """,
          // every transfer of a charge has its close
          """
          SELECT format('transfer %s', t.id), 'a close', 'none'
            FROM ledger.transfer t
            LEFT JOIN rewards.profit_close c ON c.transfer_id = t.id
           WHERE t.operation = 'rewards.profit' AND c.id IS NULL
          """,
          // the share is the rate of what was shared, half even
          """
          SELECT format('charge %s', c.id), format('%s of %s at %s', r.half_even, c.shared, c.rate), c.charged::text
            FROM rewards.profit_close c
           CROSS JOIN LATERAL (SELECT c.shared * c.rate AS exact, floor(c.shared * c.rate) AS low) x
           CROSS JOIN LATERAL (
                 SELECT x.low + CASE WHEN x.exact - x.low > 0.5
                                       OR (x.exact - x.low = 0.5 AND x.low % 2 = 1) THEN 1 ELSE 0 END
                          AS half_even) r
           WHERE c.charged <> r.half_even OR c.shared > greatest(c.profit, 0)
           ORDER BY c.id
          """,
          // what is paid of a charge is the sum of its payments
          """
          SELECT format('charge %s', c.id), format('%s of what was owed paid', c.owed_paid),
                 format('%s in payments', coalesce(p.amount, 0))
            FROM rewards.profit_close c
            LEFT JOIN (SELECT close_ref, sum(amount) AS amount FROM rewards.owed_payment
                        GROUP BY close_ref) p ON p.close_ref = c.id
           WHERE c.owed_paid <> coalesce(p.amount, 0)
          """,
          // what users owe is what of their charges is not paid
          """
          SELECT format('owed by tenant %s %s', a.tenant_id, a.owner), coalesce(c.owed, 0)::text, (-a.balance)::text
            FROM ledger.account a
            LEFT JOIN (SELECT tenant_id, user_id, sum(owed - owed_paid) AS owed
                         FROM rewards.profit_close GROUP BY tenant_id, user_id) c
              ON c.tenant_id = a.tenant_id AND 'user:' || c.user_id = a.owner
           WHERE a.kind = 'point_owed' AND a.balance <> -coalesce(c.owed, 0)
          """,
          // and what is due to their tenant
          """
          SELECT format('due to tenant %s', d.tenant_id), coalesce(-o.owed, 0)::text, d.due::text
            FROM (SELECT tenant_id, sum(balance) AS due FROM ledger.account
                   WHERE kind = 'point_due' GROUP BY tenant_id) d
            LEFT JOIN (SELECT tenant_id, sum(balance) AS owed FROM ledger.account
                        WHERE kind = 'point_owed' GROUP BY tenant_id) o USING (tenant_id)
           WHERE d.due <> coalesce(-o.owed, 0)
          """);

  /** Pools are what self has paid, and their parts. */
  private static final List<String> POOLS =
      List.of(
          // the parts of a pool sum to it
          """
          SELECT format('pool %s', p.id), format('%s in parts', CASE p.state WHEN 'open' THEN 0 ELSE p.amount END),
                 coalesce(r.amount, 0)::text
            FROM rewards.pool p
            LEFT JOIN (SELECT pool_id, sum(amount) AS amount FROM rewards.reward_log
                        WHERE pool_id IS NOT NULL GROUP BY pool_id) r ON r.pool_id = p.id
           WHERE coalesce(r.amount, 0) <> CASE p.state WHEN 'open' THEN 0 ELSE p.amount END
           ORDER BY p.id
          """,
          // the network gets no more than its budget
          """
          SELECT format('pool %s', p.id), format('at most %s for the network', p.amount / 5), r.amount::text
            FROM rewards.pool p
            JOIN (SELECT pool_id, sum(amount) AS amount FROM rewards.reward_log
                   WHERE type IN ('direct', 'level_diff', 'peer', 'direct_undist', 'peer_undist',
                                  'network_undist') GROUP BY pool_id) r ON r.pool_id = p.id
           WHERE r.amount > p.amount / 5
          """,
          // each part is an entry of the pool's transfer, for its receiver
          """
          SELECT format('pool %s for user %s', r.pool_id, r.user_id), r.amount::text,
                 format('%s in transfer %s', coalesce(e.amount, 0), p.transfer_id)
            FROM (SELECT pool_id, tenant_id, user_id, sum(amount) AS amount FROM rewards.reward_log
                   WHERE pool_id IS NOT NULL GROUP BY pool_id, tenant_id, user_id) r
            JOIN rewards.pool p ON p.id = r.pool_id
            LEFT JOIN LATERAL (
                  SELECT sum(e.amount) AS amount
                    FROM ledger.entry e
                    JOIN ledger.account a ON a.id = e.account_id AND a.shard = e.shard
                   WHERE e.transfer_id = p.transfer_id AND a.kind = 'reward'
                     AND a.tenant_id = r.tenant_id AND a.owner = 'user:' || r.user_id) e ON true
           WHERE coalesce(e.amount, 0) <> r.amount
          """,
          // what self has paid of a charge is in its pools
          """
          SELECT format('charge %s', c.id), format('%s in pools', c.from_self + coalesce(o.amount, 0)),
                 coalesce(p.amount, 0)::text
            FROM rewards.profit_close c
            LEFT JOIN (SELECT close_ref, sum(amount) AS amount FROM rewards.owed_payment
                        WHERE card_type = 'self' GROUP BY close_ref) o ON o.close_ref = c.id
            LEFT JOIN (SELECT close_ref, sum(amount) AS amount FROM rewards.pool
                        GROUP BY close_ref) p ON p.close_ref = c.id
           WHERE c.from_self + coalesce(o.amount, 0) <> coalesce(p.amount, 0)
          """,
          // and what is not distributed is in the tenant's account
          """
          SELECT format('pools of tenant %s', a.tenant_id), coalesce(p.amount, 0)::text, a.balance::text
            FROM (SELECT tenant_id, sum(balance) AS balance FROM ledger.account
                   WHERE kind = 'profit_pool' GROUP BY tenant_id) a
            LEFT JOIN (SELECT tenant_id, sum(amount) AS amount FROM rewards.pool
                        WHERE state = 'open' GROUP BY tenant_id) p USING (tenant_id)
           WHERE a.balance <> coalesce(p.amount, 0)
          """);

  /** Rewards follow one another, and are what the ledger has. */
  private static final List<String> REWARDS =
      List.of(
          """
          SELECT format('movement %s of the rewards of user %s', m.id, m.user_id), format('from %s', m.was),
                 m.before::text
            FROM (SELECT l.id, l.user_id, l.before,
                         lag(l.after, 1, 0::bigint) OVER (PARTITION BY l.user_id ORDER BY l.id) AS was
                    FROM rewards.reward_log l) m
           WHERE m.before <> m.was
           ORDER BY m.id
          """,
          """
          SELECT format('rewards of tenant %s %s', a.tenant_id, a.owner), coalesce(l.after, 0)::text,
                 (a.balance - a.held)::text
            FROM ledger.account a
            LEFT JOIN (SELECT DISTINCT ON (user_id) tenant_id, user_id, after FROM rewards.reward_log
                        ORDER BY user_id, id DESC) l
              ON l.tenant_id = a.tenant_id AND 'user:' || l.user_id = a.owner
           WHERE a.kind = 'reward' AND a.balance - a.held <> coalesce(l.after, 0)
          """,
          """
          SELECT format('rewards of user %s in all', coalesce(t.user_id, x.user_id)),
                 format('%s got, %s paid', coalesce(x.earned, 0), coalesce(x.withdrawn, 0)),
                 format('%s, %s', coalesce(t.earned, 0), coalesce(t.withdrawn, 0))
            FROM rewards.reward_total t
            FULL JOIN (
                  SELECT r.user_id, r.earned, coalesce(w.withdrawn, 0) AS withdrawn
                    FROM (SELECT user_id, sum(amount) AS earned FROM rewards.reward_log
                           WHERE pool_id IS NOT NULL GROUP BY user_id) r
                    LEFT JOIN (SELECT user_id, sum(amount) AS withdrawn FROM rewards.withdrawal
                                WHERE status = 'done' GROUP BY user_id) w USING (user_id)) x
              ON x.user_id = t.user_id
           WHERE (coalesce(t.earned, 0), coalesce(t.withdrawn, 0))
              <> (coalesce(x.earned, 0), coalesce(x.withdrawn, 0))
          """);

  /** Withdrawals hold what they wait for, and were paid once. */
  private static final List<String> WITHDRAWALS =
      List.of(
          // what waits or is approved is held, and nothing else
          """
          SELECT format('withdrawal %s', w.id),
                 CASE WHEN w.status IN ('waiting', 'approved') THEN format('%s held', w.amount) ELSE 'nothing held' END,
                 coalesce(format('%s held', h.amount), 'nothing held')
            FROM rewards.withdrawal w
            LEFT JOIN LATERAL (
                  SELECT sum(l.amount) AS amount
                    FROM ledger.hold h
                    JOIN ledger.hold_leg l ON l.hold_id = h.id
                    JOIN ledger.account a ON a.id = l.account_id AND a.shard = 0
                   WHERE h.id = w.hold_id AND h.closed_at IS NULL AND h.tenant_id = w.tenant_id
                     AND a.kind = 'reward' AND a.owner = 'user:' || w.user_id) h ON true
           WHERE h.amount IS DISTINCT FROM CASE WHEN w.status IN ('waiting', 'approved') THEN w.amount END
           ORDER BY w.id
          """,
          """
          SELECT format('hold %s', h.id), 'a withdrawal', 'none'
            FROM ledger.hold h
            LEFT JOIN rewards.withdrawal w ON w.hold_id = h.id
           WHERE h.closed_at IS NULL AND h.purpose = 'withdrawal' AND w.id IS NULL
          """,
          // what is done has its transfer
          """
          SELECT format('withdrawal %s', w.id), format('%s paid, %s of it a fee', w.amount, w.fee),
                 format('%s, %s in transfer %s', coalesce(e.paid, 0), coalesce(e.fee, 0), w.transfer_id)
            FROM rewards.withdrawal w
            LEFT JOIN LATERAL (
                  SELECT -sum(e.amount) FILTER (WHERE a.kind = 'reward') AS paid,
                         sum(e.amount) FILTER (WHERE a.kind = 'revenue') AS fee
                    FROM ledger.entry e
                    JOIN ledger.account a ON a.id = e.account_id AND a.shard = e.shard
                   WHERE e.transfer_id = w.transfer_id) e ON true
           WHERE w.status = 'done' AND (coalesce(e.paid, 0), coalesce(e.fee, 0)) <> (w.amount, w.fee)
          """,
          """
          SELECT format('transfer %s', t.id), 'a withdrawal', 'none'
            FROM ledger.transfer t
            LEFT JOIN rewards.withdrawal w ON w.transfer_id = t.id
           WHERE t.operation = 'rewards.withdrawal' AND w.id IS NULL
          """,
          // each has frozen once, and given back once when it was rejected
          """
          SELECT format('withdrawal %s', w.id),
                 format('%s frozen, %s given back', w.amount, CASE w.status WHEN 'rejected' THEN w.amount ELSE 0 END),
                 format('%s, %s', coalesce(l.frozen, 0), coalesce(l.back, 0))
            FROM rewards.withdrawal w
            LEFT JOIN (SELECT withdrawal_id, -sum(amount) FILTER (WHERE amount < 0) AS frozen,
                              sum(amount) FILTER (WHERE amount > 0) AS back
                         FROM rewards.reward_log WHERE withdrawal_id IS NOT NULL
                        GROUP BY withdrawal_id) l ON l.withdrawal_id = w.id
           WHERE (coalesce(l.frozen, 0), coalesce(l.back, 0))
              <> (w.amount, CASE w.status WHEN 'rejected' THEN w.amount ELSE 0 END)
          """);

  /**
   * Teams, performances and levels are what invitations, holdings and tables say. Each is held
   * against those directly below alone, which proves the whole tree from its leaves up.
   */
  private static final List<String> TEAMS =
      List.of(
          """
          SELECT format('team of user %s', coalesce(t.user_id, x.user_id)),
                 format('%s of %s', coalesce(x.direct, 0), coalesce(x.total, 0)),
                 format('%s of %s', coalesce(t.direct_count, 0), coalesce(t.total_count, 0))
            FROM identity.team t
            FULL JOIN (
                  SELECT u.inviter_id AS user_id, count(*) AS direct,
                         sum(1 + coalesce(b.total_count, 0)) AS total
                    FROM identity.tenant_user u
                    LEFT JOIN identity.team b ON b.user_id = u.id
                   WHERE u.inviter_id IS NOT NULL
                   GROUP BY u.inviter_id) x ON x.user_id = t.user_id
           WHERE (coalesce(t.direct_count, 0), coalesce(t.total_count, 0))
              <> (coalesce(x.direct, 0), coalesce(x.total, 0))
          """,
          """
          SELECT format('user %s', coalesce(m.user_id, x.user_id)),
                 format('%s, team %s', coalesce(x.hold, 0), coalesce(x.team, 0)),
                 format('%s, team %s', coalesce(m.self_hold, 0), coalesce(m.team_performance, 0))
            FROM rewards.member m
            FULL JOIN (
                  SELECT p.user_id, sum(p.hold) AS hold, sum(p.team) AS team
                    FROM (SELECT h.user_id, h.amount AS hold, 0::bigint AS team FROM rewards.holding h
                          UNION ALL
                          SELECT u.inviter_id, 0, b.self_hold + b.team_performance
                            FROM rewards.member b
                            JOIN identity.tenant_user u ON u.id = b.user_id
                           WHERE u.inviter_id IS NOT NULL) p
                   GROUP BY p.user_id) x ON x.user_id = m.user_id
           WHERE (coalesce(m.self_hold, 0), coalesce(m.team_performance, 0))
              <> (coalesce(x.hold, 0), coalesce(x.team, 0))
          """,
          """
          SELECT 'level of user ' || m.user_id, 'S' || l.level, 'S' || m.level
            FROM rewards.member m
            LEFT JOIN rewards.terms t ON t.tenant_id = m.tenant_id
           CROSS JOIN LATERAL (
                 SELECT CASE WHEN m.self_hold < %s THEN 0
                             ELSE (SELECT count(*) FROM unnest(coalesce(t.level_performances, '{%s}')) AS p
                                    WHERE p <= m.team_performance) END AS level) l
           WHERE m.level <> l.level
           ORDER BY m.user_id
          """
              .formatted(
                  RewardTerms.LEAST_HOLDING.units(),
                  RewardTerms.DEFAULT.levels().stream()
                      .map(level -> Long.toString(level.minPerformance().units()))
                      .collect(Collectors.joining(","))));

  private static final String OWED =
      """
      SELECT format('%s users of tenant %s owe %s points of profit shares', count(*), tenant_id,
                    trim_scale(-sum(balance) / 100000000::numeric))
        FROM ledger.account WHERE kind = 'point_owed' AND balance < 0
       GROUP BY tenant_id ORDER BY sum(balance)
      """;

  private static final String FAILED =
      """
      SELECT format('pool %s of tenant %s could not be distributed: %s', id, tenant_id, last_error)
        FROM rewards.pool WHERE state = 'open' AND attempts > 0 ORDER BY created_at, id
      """;

  private RewardChecks() {}

  public static List<AuditCheck> all() {
    return List.of(
        new Check("rewards.cards", CARDS, List.of()),
        new Check("rewards.profits", PROFITS, List.of(OWED)),
        new Check("rewards.pools", POOLS, List.of(FAILED)),
        new Check("rewards.balances", REWARDS, List.of()),
        new Check("rewards.withdrawals", WITHDRAWALS, List.of()),
        new Check("rewards.teams", TEAMS, List.of()));
  }

  /** Queries that answer the rows that do not fit, each as row, what was expected and what is. */
  private record Check(String name, List<String> queries, List<String> noted)
      implements AuditCheck {
    @Override
    public List<AuditFinding> run(Transaction snapshot, AuditScope scope) {
      return queries.stream()
          .flatMap(
              query ->
                  snapshot
                      .sql()
                      .resultQuery(query)
                      .maxRows(scope.maxFindings())
                      .fetch()
                      .map(
                          row ->
                              new AuditFinding(
                                  name,
                                  String.valueOf(row.get(0)),
                                  String.valueOf(row.get(1)),
                                  String.valueOf(row.get(2))))
                      .stream())
          .limit(scope.maxFindings())
          .toList();
    }

    @Override
    public List<String> notes(Transaction snapshot, AuditScope scope) {
      return noted.stream()
          .flatMap(
              query ->
                  snapshot
                      .sql()
                      .resultQuery(query)
                      .maxRows(scope.maxFindings())
                      .fetch()
                      .map(row -> String.valueOf(row.get(0)))
                      .stream())
          .toList();
    }
  }
}
