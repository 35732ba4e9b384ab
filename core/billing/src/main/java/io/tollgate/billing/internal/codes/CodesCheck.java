package io.tollgate.billing.internal.codes;

import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.SqlCheck;

/**
 * Checks that used codes and credited invitations agree with the books: each has its grant, and
 * there is no grant without one.
 */
public final class CodesCheck {
  public static final AuditCheck CHECK =
      new SqlCheck(
          "billing.codes",
          """
      SELECT format('code of batch %s used by %s', c.batch_id, c.user_id) AS what,
             format('%s %s', b.amount, b.asset) AS said,
             coalesce(format('%s %s', g.amount, g.asset), 'no grant') AS booked
        FROM billing.redemption_code c
        JOIN billing.code_batch b ON b.id = c.batch_id
        LEFT JOIN billing.given_grant g
          ON g.transfer_id = c.transfer_id AND g.source = 'CODE' AND g.user_id = c.user_id
       WHERE c.used_at >= :since
         AND (g.amount IS DISTINCT FROM b.amount OR g.asset IS DISTINCT FROM b.asset)
      UNION ALL
      SELECT format('grant %s', g.transfer_id), 'a used code', 'none'
        FROM billing.given_grant g
        LEFT JOIN billing.redemption_code c ON c.transfer_id = g.transfer_id
       WHERE g.source = 'CODE' AND g.given_at >= :since AND c.hash IS NULL
      UNION ALL
      SELECT format('grant %s', g.transfer_id), 'a credited invitation', 'none'
        FROM billing.given_grant g
        LEFT JOIN billing.invitation_credit i
          ON i.inviter_transfer = g.transfer_id OR i.invited_transfer = g.transfer_id
       WHERE g.source = 'INVITATION' AND g.given_at >= :since AND i.tenant_id IS NULL
      """);

  private CodesCheck() {}
}
