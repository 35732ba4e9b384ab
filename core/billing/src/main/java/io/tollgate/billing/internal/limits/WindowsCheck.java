package io.tollgate.billing.internal.limits;

import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.SqlCheck;

/**
 * Checks that each window was given what the books say: the sum of its transfers, all of them and
 * no more. Their keys are numbered, so each is found by its own; windows that ended before what is
 * looked at are left out.
 */
public final class WindowsCheck {
  public static final AuditCheck CHECK =
      new SqlCheck(
          "billing.spend_windows",
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
       WHERE (w.ends_at IS NULL OR w.ends_at >= :since)
         AND (b.units <> w.granted OR b.transfers <> w.transfers)
       ORDER BY w.tenant_id, w.owner, w.label
      """);

  private WindowsCheck() {}
}
