package io.tollgate.billing.internal.limits;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import java.time.Instant;
import java.util.List;

/**
 * Checks that each window was given what the books say: the sum of its transfers, all of them and
 * no more. Their keys are numbered, so each is found by its own; windows that ended before what is
 * looked at are left out.
 */
public final class WindowsCheck implements AuditCheck {
  private static final String QUERY =
      """
      SELECT format('window %s of %s, tenant %s', w.label, w.owner, w.tenant_id) AS window,
             format('%s in %s transfers', w.granted, w.transfers) AS said,
             format('%s in %s transfers', b.units, b.transfers) AS booked
        FROM billing.spend_window w
       CROSS JOIN LATERAL (
             SELECT coalesce(sum(e.amount), 0) AS units, count(*) AS transfers
               FROM generate_series(0, w.transfers) AS n
               JOIN ledger.transfer t
                 ON t.tenant_id = w.tenant_id AND t.operation = 'billing.limit'
                AND t.idempotency_key = w.account_id || ':' || n
               JOIN ledger.entry e ON e.transfer_id = t.id AND e.account_id = w.account_id) b
       WHERE (w.ends_at IS NULL OR w.ends_at >= ?::timestamptz)
         AND (b.units <> w.granted OR b.transfers <> w.transfers)
       ORDER BY w.tenant_id, w.owner, w.label
      """;

  @Override
  public String name() {
    return "billing.spend_windows";
  }

  @Override
  public List<AuditFinding> run(Transaction snapshot, AuditScope scope) {
    return snapshot
        .sql()
        .resultQuery(QUERY, scope.since().orElse(Instant.EPOCH).toString())
        .maxRows(scope.maxFindings())
        .fetch()
        .map(
            row ->
                new AuditFinding(
                    name(),
                    String.valueOf(row.get(0)),
                    String.valueOf(row.get(1)),
                    String.valueOf(row.get(2))));
  }
}
