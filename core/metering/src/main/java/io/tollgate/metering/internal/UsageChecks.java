package io.tollgate.metering.internal;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Finding;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What the audit checks of metering. Reads the ledger's tables beside its own, in one statement
 * each: the audit is the one place that looks at the books across contexts, and it must do so set
 * by set.
 */
final class UsageChecks {
  private static final String IN_DOUBT =
      """
      SELECT count(*) FILTER (WHERE p.in_doubt_since IS NOT NULL),
             (SELECT count(*) FROM metering.usage_record WHERE outcome = 'in_doubt')
        FROM metering.passage p
      """;

  private UsageChecks() {}

  static List<AuditCheck> all() {
    return List.of(
        new Check(
            "metering.usage_is_charged",
            """
            WITH charged AS (
              SELECT t.tenant_id,
                     t.idempotency_key::uuid AS charge_id,
                     sum(e.amount) FILTER (WHERE a.asset = 'TOKEN') AS tokens,
                     sum(e.amount) FILTER (WHERE a.asset <> 'TOKEN') AS money
                FROM ledger.transfer t
                JOIN ledger.entry e ON e.transfer_id = t.id
                JOIN ledger.account a ON a.id = e.account_id AND a.shard = e.shard
               WHERE t.operation = 'relay.charge' AND a.kind = 'revenue'
               GROUP BY t.tenant_id, t.idempotency_key)
            SELECT 'usage record ' || u.charge_id,
                   'quota ' || u.quota_tokens || ', money ' || (u.paid + u.owed),
                   'quota ' || coalesce(c.tokens, 0) || ', money ' || coalesce(c.money, 0)
              FROM metering.usage_record u
              LEFT JOIN charged c USING (tenant_id, charge_id)
             WHERE u.settled_at >= CAST(? AS timestamptz)
               AND (coalesce(c.tokens, 0) <> u.quota_tokens
                    OR coalesce(c.money, 0) <> u.paid + u.owed)
             ORDER BY u.opened_at, u.charge_id
             LIMIT ?
            """),
        new Check(
            "metering.charge_has_usage",
            """
            SELECT 'transfer ' || t.id || ' of charge ' || t.idempotency_key,
                   'one usage record',
                   'none'
              FROM ledger.transfer t
             WHERE t.operation = 'relay.charge'
               AND t.posted_at >= CAST(? AS timestamptz)
               AND NOT EXISTS (
                 SELECT FROM metering.usage_record u WHERE u.charge_id = t.idempotency_key::uuid)
             ORDER BY t.id
             LIMIT ?
            """),
        new Check(
            "metering.hold_has_passage",
            """
            SELECT 'hold ' || h.id, 'an open passage', 'none'
              FROM ledger.hold h
             WHERE h.closed_at IS NULL
               AND h.purpose = 'relay'
               AND h.opened_at >= CAST(? AS timestamptz)
               AND NOT EXISTS (SELECT FROM metering.passage p WHERE p.charge_id = h.id)
             ORDER BY h.opened_at, h.id
             LIMIT ?
            """),
        new Check(
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
               AND p.opened_at >= CAST(? AS timestamptz)
             ORDER BY p.opened_at, p.charge_id
             LIMIT ?
            """));
  }

  private record Check(String name, String query) implements AuditCheck {
    @Override
    public List<Finding> run(Transaction snapshot, AuditScope scope) {
      OffsetDateTime since = scope.since().orElse(Instant.EPOCH).atOffset(ZoneOffset.UTC);
      return snapshot
          .sql()
          .fetch(query, since, scope.mostFindings())
          .map(
              row ->
                  new Finding(
                      name,
                      String.valueOf(row.get(0)),
                      String.valueOf(row.get(1)),
                      String.valueOf(row.get(2))));
    }

    @Override
    public List<String> notes(Transaction snapshot, AuditScope scope) {
      if (!name.equals("metering.usage_is_charged")) {
        return List.of();
      }
      return snapshot
          .sql()
          .fetch(IN_DOUBT)
          .map(
              row ->
                  "in doubt: "
                      + row.get(0)
                      + " waiting for their tenant, "
                      + row.get(1)
                      + " resolved by rule");
    }
  }
}
