package io.tollgate.metering.internal.audit;

import io.tollgate.ledger.AuditCheck;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the audit checks of usage records. Reads the ledger's tables beside its own, in one
 * statement each: the audit is the one place that looks at the books across contexts, and it must
 * do so set by set.
 */
public final class UsageChecks {
  /**
   * What each charge took: by entries that name it, or, where it was settled without a log, by the
   * transfer that is named after it.
   */
  private static final String CHARGED =
      """
      WITH taken AS (
        SELECT e.charge_id, a.tenant_id, a.asset, a.kind, e.amount
          FROM ledger.entry e
          JOIN ledger.account a ON a.id = e.account_id AND a.shard = e.shard
         WHERE e.charge_id IS NOT NULL AND e.transfer_id >= :from AND a.kind <> 'limit'
        UNION ALL
        SELECT t.idempotency_key::uuid, t.tenant_id, a.asset, a.kind, e.amount
          FROM ledger.transfer t
          JOIN ledger.entry e ON e.transfer_id = t.id
          JOIN ledger.account a ON a.id = e.account_id AND a.shard = e.shard
         WHERE t.operation = 'relay.charge' AND t.id >= :from
           AND a.kind NOT IN ('revenue', 'limit', 'world_limits')
           AND NOT EXISTS (SELECT FROM metering.superseded_usage s
                            WHERE s.charge_id = t.idempotency_key::uuid)
      ), charged AS (
        SELECT charge_id, tenant_id,
               -coalesce(sum(amount) FILTER (WHERE asset = 'TOKEN'), 0) AS quota,
               -coalesce(sum(amount) FILTER (WHERE asset <> 'TOKEN' AND kind <> 'owed'), 0) AS paid,
               -coalesce(sum(amount) FILTER (WHERE asset <> 'TOKEN' AND kind = 'owed'), 0) AS owed
          FROM taken
         GROUP BY charge_id, tenant_id
      )
      """;

  private static final MeteringCheck USAGE_IS_CHARGED =
      new MeteringCheck(
          "metering.usage_is_charged",
          CHARGED
              + """
              SELECT 'usage record ' || u.charge_id,
                     format('quota %s, paid %s, owed %s', u.quota_tokens, u.paid, u.owed),
                     format('quota %s, paid %s, owed %s',
                            coalesce(c.quota, 0), coalesce(c.paid, 0), coalesce(c.owed, 0))
                FROM metering.usage_record u
                LEFT JOIN charged c USING (charge_id, tenant_id)
               WHERE u.settled_at >= :since
                 AND (coalesce(c.quota, 0) <> u.quota_tokens OR coalesce(c.paid, 0) <> u.paid
                      OR coalesce(c.owed, 0) <> u.owed)
               ORDER BY u.opened_at, u.charge_id
              """);

  /** A price counts against a limit once, and never for more than it is. */
  private static final MeteringCheck LIMIT_WITHIN_PRICE =
      new MeteringCheck(
          "metering.limit_within_price",
          """
          WITH counted AS (
            SELECT e.charge_id, e.account_id, a.tenant_id, -sum(e.amount) AS units
              FROM ledger.account a
              JOIN ledger.entry e ON e.account_id = a.id AND e.shard = a.shard
             WHERE a.kind = 'limit' AND e.charge_id IS NOT NULL AND e.transfer_id >= :from
             GROUP BY e.charge_id, e.account_id, a.tenant_id
          )
          SELECT format('charge %s on limit account %s', c.charge_id, c.account_id),
                 'at most ' || u.paid + u.owed, c.units::text
            FROM counted c
            JOIN metering.usage_record u
              ON u.charge_id = c.charge_id AND u.tenant_id = c.tenant_id
                 AND u.settled_at >= :since
           WHERE c.units > u.paid + u.owed
           ORDER BY c.account_id, c.charge_id
          """);

  private static final MeteringCheck CHARGE_HAS_USAGE =
      new MeteringCheck(
          "metering.charge_has_usage",
          """
          WITH charge AS (
            SELECT DISTINCT e.charge_id, e.transfer_id, t.tenant_id
              FROM ledger.entry e
              JOIN ledger.transfer t ON t.id = e.transfer_id
             WHERE e.charge_id IS NOT NULL AND e.transfer_id >= :from AND t.posted_at >= :since
               -- calls of services that backends deduct have records of their own
               AND t.operation <> 'billing.service_charges'
            UNION ALL
            SELECT t.idempotency_key::uuid, t.id, t.tenant_id
              FROM ledger.transfer t
             WHERE t.operation = 'relay.charge' AND t.id >= :from AND t.posted_at >= :since
          )
          SELECT 'charge ' || c.charge_id || ' of transfer ' || c.transfer_id,
                 'one usage record', count(u.charge_id) || ' usage records'
            FROM charge c
            LEFT JOIN metering.usage_record u
              ON u.charge_id = c.charge_id AND u.tenant_id = c.tenant_id
                 AND u.settled_at >= :margin
           GROUP BY c.charge_id, c.transfer_id
          HAVING count(u.charge_id) <> 1
           ORDER BY c.transfer_id, c.charge_id
          """);

  /** The transfer that a record names is the one its entries are in. */
  private static final MeteringCheck USAGE_NAMES_TRANSFER =
      new MeteringCheck(
          "metering.usage_names_transfer",
          """
          SELECT 'usage record ' || u.charge_id, 'a transfer of tenant ' || u.tenant_id,
                 'transfer ' || u.transfer_id || ' of '
                 || coalesce('tenant ' || t.tenant_id, 'nobody')
            FROM metering.usage_record u
            LEFT JOIN ledger.transfer t ON t.id = u.transfer_id
           WHERE u.transfer_id IS NOT NULL AND u.settled_at >= :since
             AND t.tenant_id IS DISTINCT FROM u.tenant_id
           ORDER BY u.opened_at, u.charge_id
          """);

  /**
   * What was charged in doubt, and whose result was found, was given back whole, and the result has
   * a record.
   */
  private static final MeteringCheck SUPERSEDED_IS_GIVEN_BACK =
      new MeteringCheck(
          "metering.superseded_is_given_back",
          """
          WITH moved AS (
            SELECT s.charge_id, t.operation = 'relay.charge' AS charged, a.asset = 'TOKEN' AS token,
                   e.amount
              FROM metering.superseded_usage s
              JOIN ledger.transfer t
                ON t.tenant_id = s.tenant_id
                   AND t.operation IN ('relay.charge', 'relay.correction')
                   AND t.idempotency_key = s.charge_id::text
              JOIN ledger.entry e ON e.transfer_id = t.id
              JOIN ledger.account a ON a.id = e.account_id AND a.shard = e.shard
             WHERE a.kind NOT IN ('revenue', 'limit', 'world_limits')
          ), summed AS (
            SELECT charge_id,
                   -coalesce(sum(amount) FILTER (WHERE charged AND token), 0) AS quota,
                   -coalesce(sum(amount) FILTER (WHERE charged AND NOT token), 0) AS money,
                   coalesce(sum(amount) FILTER (WHERE NOT charged AND token), 0) AS quota_back,
                   coalesce(sum(amount) FILTER (WHERE NOT charged AND NOT token), 0) AS money_back
              FROM moved
             GROUP BY charge_id
          )
          SELECT 'superseded record ' || s.charge_id,
                 format('quota %s, money %s charged and given back, 1 record of its result',
                        s.quota_tokens, s.paid + s.owed),
                 format('quota %s charged, %s given back, money %s and %s, %s records',
                        coalesce(m.quota, 0), coalesce(m.quota_back, 0), coalesce(m.money, 0),
                        coalesce(m.money_back, 0), u.records)
            FROM metering.superseded_usage s
            LEFT JOIN summed m USING (charge_id)
            CROSS JOIN LATERAL (
              SELECT count(*) AS records FROM metering.usage_record u
               WHERE u.charge_id = s.charge_id AND u.opened_at = s.opened_at
                 AND u.outcome = 'settled') u
           WHERE s.superseded_at >= :since
             AND ((coalesce(m.quota, 0), coalesce(m.quota_back, 0), coalesce(m.money, 0),
                   coalesce(m.money_back, 0), u.records)
                  <> (s.quota_tokens, s.quota_tokens, s.paid + s.owed, s.paid + s.owed, 1))
           ORDER BY s.superseded_at, s.charge_id
          """);

  private static final MeteringCheck CORRECTION_HAS_CAUSE =
      new MeteringCheck(
          "metering.correction_has_cause",
          """
          SELECT 'transfer ' || t.id, 'a superseded record of charge ' || t.idempotency_key, 'none'
            FROM ledger.transfer t
           WHERE t.operation = 'relay.correction' AND t.id >= :from AND t.posted_at >= :since
             AND NOT EXISTS (SELECT FROM metering.superseded_usage s
                              WHERE s.charge_id = t.idempotency_key::uuid
                                AND s.tenant_id = t.tenant_id)
           ORDER BY t.id
          """);

  private static final MeteringCheck HOLD_HAS_PASSAGE =
      new MeteringCheck(
          "metering.hold_has_passage",
          """
          SELECT 'hold ' || h.id, 'an open passage', 'none'
            FROM ledger.hold h
           WHERE h.closed_at IS NULL
             AND h.purpose IN ('relay', 'deferred')
             AND h.opened_at >= :since
             AND NOT EXISTS (SELECT FROM metering.passage p WHERE p.charge_id = h.id)
           ORDER BY h.opened_at, h.id
          """);

  /** What belongs to no process is held by a hold of its own for as long as it is open. */
  private static final MeteringCheck DEFERRED_IS_HELD =
      new MeteringCheck(
          "metering.deferred_is_held",
          """
          SELECT 'passage ' || p.charge_id, 'an open hold', 'none'
            FROM metering.passage p
           WHERE p.incarnation IS NULL
             AND NOT EXISTS (SELECT FROM ledger.hold h
                              WHERE h.id = p.charge_id AND h.tenant_id = p.tenant_id
                                AND h.closed_at IS NULL)
           ORDER BY p.opened_at, p.charge_id
          """);

  /** What runs at a provider is open in the books, and held by that. */
  private static final MeteringCheck RUNNING_IS_OPEN =
      new MeteringCheck(
          "metering.running_is_open",
          """
          SELECT 'running ' || k.kind || ' of request ' || k.charge_id, 'an open passage', 'none'
            FROM relay.kept_object k
           WHERE k.state = 'running'
             AND NOT EXISTS (SELECT FROM metering.passage p
                              WHERE p.charge_id = k.charge_id AND p.tenant_id = k.tenant_id)
           ORDER BY k.created_at
          """);

  /** A line of a batch was charged what its usage record says. */
  private static final MeteringCheck LINES_ARE_CHARGED =
      new MeteringCheck(
          "metering.batch_lines_are_charged",
          """
          SELECT 'line ' || l.number || ' of batch ' || l.batch, l.charged::text,
                 coalesce((u.paid + u.owed)::text, 'no usage record')
            FROM relay.batch_line l
            LEFT JOIN metering.usage_record u
              ON u.charge_id = l.charge_id
           WHERE l.charge_id IS NOT NULL
             AND l.created_at >= :since
             AND u.paid + u.owed IS DISTINCT FROM l.charged
           ORDER BY l.batch, l.number
          """);

  private static final MeteringCheck PASSAGE_OF_ENDED_PROCESS =
      new MeteringCheck(
          "metering.passage_of_ended_process",
          """
          SELECT 'passage ' || p.charge_id,
                 'resolved when its process ended, or waiting for the tenant',
                 'open since ' || p.opened_at
            FROM metering.passage p
            JOIN metering.incarnation i ON i.id = p.incarnation
           WHERE i.ended_at IS NOT NULL
             AND i.clean
             AND p.in_doubt_since IS NULL
             AND p.opened_at >= :since
           ORDER BY p.opened_at, p.charge_id
          """);

  /** What leases hold, for the ledger's check of what is held: account_id, amount. */
  private static final String LEASED =
      "SELECT account_id, granted - settled AS amount FROM metering.lease WHERE granted > settled";

  private UsageChecks() {}

  public static List<AuditCheck> all() {
    List<AuditCheck> usage =
        List.of(
            USAGE_IS_CHARGED,
            LIMIT_WITHIN_PRICE,
            CHARGE_HAS_USAGE,
            USAGE_NAMES_TRANSFER,
            SUPERSEDED_IS_GIVEN_BACK,
            CORRECTION_HAS_CAUSE,
            HOLD_HAS_PASSAGE,
            DEFERRED_IS_HELD,
            RUNNING_IS_OPEN,
            LINES_ARE_CHARGED,
            PASSAGE_OF_ENDED_PROCESS);
    return Stream.of(usage, UsageKindChecks.all(), LogChecks.all()).flatMap(List::stream).toList();
  }

  public static List<String> reservations() {
    return List.of(LEASED);
  }
}
