package io.tollgate.billing.internal.recharge;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import java.util.List;

/**
 * Holds recharge orders, payments and refunds against the books: what is paid was credited once,
 * what was given back was taken once, and no second payment was credited.
 */
public final class RechargeCheck implements AuditCheck {
  /** Each names the rows that do not fit, with what was expected and what is found. */
  private static final List<String> QUERIES =
      List.of(
          // every payment has its transfer, with its amount, to its account, of the kind of its
          // role
          """
          SELECT format('payment %s of order %s', p.payment_id, p.order_ref) AS row,
                 format('%s to account %s', p.amount, p.account_id) AS expected,
                 coalesce(format('%s, %s', t.kind, e.amount), 'no transfer') AS found
            FROM billing.recharge_payment p
            LEFT JOIN ledger.transfer t
              ON t.id = p.transfer_id AND t.tenant_id = p.tenant_id
             AND t.operation = 'billing.recharge'
            LEFT JOIN LATERAL (
                  SELECT sum(e.amount) AS amount FROM ledger.entry e
                   WHERE e.transfer_id = t.id AND e.account_id = p.account_id) e ON true
           WHERE t.id IS NULL OR e.amount IS DISTINCT FROM p.amount
              OR t.kind <> CASE p.role WHEN 'credited' THEN 'recharge'
                                       ELSE 'recharge_kept_apart' END
          """,
          // and every transfer its payment
          """
          SELECT format('transfer %s', t.id) AS row, 'a payment' AS expected, 'none' AS found
            FROM ledger.transfer t
            LEFT JOIN billing.recharge_payment p ON p.transfer_id = t.id
           WHERE t.operation = 'billing.recharge' AND p.id IS NULL
          """,
          // an order is a success when one payment was credited, of its amount
          """
          SELECT format('order %s', o.id) AS row,
                 format('%s with %s', o.status, coalesce(o.payment_id, 'no payment')) AS expected,
                 format('%s credited: %s', count(p.id), coalesce(sum(p.amount), 0)) AS found
            FROM billing.recharge_order o
            LEFT JOIN billing.recharge_payment p
              ON p.order_ref = o.id AND p.role = 'credited'
           GROUP BY o.id
          HAVING count(p.id) <> (o.status IN ('success', 'refunded'))::int
              OR (count(p.id) = 1 AND (sum(p.amount) <> o.amount OR min(p.payment_id) <> o.payment_id
                  OR sum(p.refunded) <> o.refunded))
          """,
          // every refund that is booked has its transfer, and every transfer its refund
          """
          SELECT format('refund %s', coalesce(r.id, t.idempotency_key::uuid)) AS row,
                 coalesce(format('%s taken', r.amount), 'a refund') AS expected,
                 coalesce(format('%s', e.amount), 'no transfer') AS found
            FROM (SELECT * FROM billing.recharge_refund WHERE state = 'booked') r
            FULL JOIN (SELECT * FROM ledger.transfer
                        WHERE operation = 'billing.recharge.refund') t
              ON t.id = r.transfer_id
            LEFT JOIN billing.recharge_payment p ON p.id = r.payment_ref
            LEFT JOIN LATERAL (
                  SELECT sum(e.amount) AS amount FROM ledger.entry e
                   WHERE e.transfer_id = t.id AND e.account_id = p.account_id) e ON true
           WHERE r.id IS NULL OR t.id IS NULL OR e.amount IS DISTINCT FROM -r.amount
          """,
          // what is refunded of a payment is the sum of its refunds
          """
          SELECT format('payment %s of order %s', p.payment_id, p.order_ref) AS row,
                 format('%s refunded', p.refunded) AS expected,
                 format('%s in refunds', coalesce(r.amount, 0)) AS found
            FROM billing.recharge_payment p
            LEFT JOIN (SELECT payment_ref, sum(amount) AS amount FROM billing.recharge_refund
                        WHERE state = 'booked' GROUP BY payment_ref) r ON r.payment_ref = p.id
           WHERE p.refunded <> coalesce(r.amount, 0)
          """,
          // what is kept apart is the payments that were not credited, less what was given back
          """
          SELECT format('account %s', a.id) AS row,
                 format('%s kept apart', coalesce(p.amount, 0)) AS expected,
                 format('%s', a.balance) AS found
            FROM ledger.account a
            LEFT JOIN (SELECT account_id, sum(amount - refunded) AS amount
                         FROM billing.recharge_payment WHERE role <> 'credited'
                        GROUP BY account_id) p ON p.account_id = a.id
           WHERE a.kind = 'suspense' AND a.balance <> coalesce(p.amount, 0)
          """,
          // a plan that was paid for began, at the price that was paid, or it is said why not
          """
          SELECT format('order %s of plan %s', o.id, o.plan_id) AS row,
                 format('begun with %s, or refused: %s', o.amount, o.plan_refused) AS expected,
                 coalesce(format('subscription %s with %s', s.subscription_id, s.paid), 'none')
                   AS found
            FROM billing.recharge_order o
            LEFT JOIN billing.subscription_step s
              ON s.subscription_id = o.subscription_id AND s.step = 1
           WHERE o.plan_id IS NOT NULL
             AND (num_nonnulls(o.subscription_id, o.plan_refused)
                    <> (o.status IN ('success', 'refunded'))::int
                  OR (o.subscription_id IS NOT NULL AND s.paid IS DISTINCT FROM o.amount))
          """,
          // the last transition is where the order stands
          """
          SELECT format('order %s', o.id) AS row,
                 format('%s after %s transitions', o.status, o.transitions) AS expected,
                 format('%s after %s', coalesce(max(x.to_status) FILTER (WHERE x.seq = o.transitions),
                        'nothing'), count(x.seq)) AS found
            FROM billing.recharge_order o
            LEFT JOIN billing.recharge_transition x ON x.order_ref = o.id
           GROUP BY o.id
          HAVING count(x.seq) <> o.transitions
              OR max(x.to_status) FILTER (WHERE x.seq = o.transitions) IS DISTINCT FROM o.status
          """);

  @Override
  public String name() {
    return "billing.recharges";
  }

  @Override
  public List<AuditFinding> run(Transaction snapshot, AuditScope scope) {
    return QUERIES.stream()
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
                                name(),
                                String.valueOf(row.get(0)),
                                String.valueOf(row.get(1)),
                                String.valueOf(row.get(2))))
                    .stream())
        .limit(scope.maxFindings())
        .toList();
  }

  @Override
  public List<String> notes(Transaction snapshot, AuditScope scope) {
    return snapshot
        .sql()
        .resultQuery(
            """
            SELECT format('%s recharge cases of kind %s are not closed', count(*), kind)
              FROM billing.recharge_case WHERE state <> 'closed' GROUP BY kind ORDER BY kind
            """)
        .maxRows(scope.maxFindings())
        .fetch()
        .map(row -> String.valueOf(row.get(0)));
  }
}
