package io.tollgate.billing.internal.subscriptions;

import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.SqlCheck;

/**
 * Checks that steps of subscriptions and the books agree: each step was paid and given what it
 * says, nothing was paid or given for a subscription without a step, and users may ask for what the
 * plan that they have says.
 */
public final class SubscriptionsCheck {
  public static final AuditCheck CHECK =
      new SqlCheck(
          "billing.subscriptions",
          """
      SELECT format('step %s of subscription %s', s.step, s.subscription_id) AS step,
             format('%s paid, %s tokens given', s.paid, s.tokens) AS said,
             format('%s paid, %s tokens given', p.units, coalesce(g.amount, 0)) AS booked
        FROM billing.subscription_step s
       CROSS JOIN LATERAL (
             SELECT coalesce(sum(e.amount), 0) AS units
               FROM ledger.entry e
               JOIN ledger.account a
                 ON a.id = e.account_id AND a.shard = e.shard AND a.kind = 'revenue'
              WHERE e.transfer_id = s.payment_transfer) p
        LEFT JOIN billing.given_grant g
          ON g.transfer_id = s.grant_transfer AND g.source = 'PLAN'
       WHERE s.at >= :since
         AND (p.units <> s.paid OR coalesce(g.amount, 0) <> s.tokens)
      UNION ALL
      SELECT format('transfer %s', t.id), 'a step of a subscription', 'none'
        FROM ledger.transfer t
        LEFT JOIN billing.subscription_step s ON s.payment_transfer = t.id
       WHERE t.operation = 'billing.subscriptions' AND t.posted_at >= :since
         AND s.step IS NULL
      UNION ALL
      SELECT format('grant %s', g.transfer_id), 'a step of a subscription', 'none'
        FROM billing.given_grant g
        LEFT JOIN billing.subscription_step s ON s.grant_transfer = g.transfer_id
       WHERE g.source = 'PLAN' AND g.given_at >= :since AND s.step IS NULL
      UNION ALL
      SELECT format('subscription %s', b.id), format('%s steps', b.steps),
             format('%s steps', (SELECT count(*) FROM billing.subscription_step s
                                  WHERE s.subscription_id = b.id))
        FROM billing.subscription b
       WHERE b.steps <> (SELECT count(*) FROM billing.subscription_step s
                          WHERE s.subscription_id = b.id)
      UNION ALL
      SELECT format('user %s', u.id), format('terms of plan %s', coalesce(b.plan_id::text, 'none')),
             format('terms %s', coalesce(u.access_terms_id::text, 'none'))
        FROM identity.tenant_user u
        LEFT JOIN billing.subscription b
          ON b.tenant_id = u.tenant_id AND b.user_id = u.id AND b.state <> 'ended'
       WHERE u.access_terms_id IS DISTINCT FROM b.plan_id
      UNION ALL
      SELECT format('plan %s', p.id),
             format('%s, %s, %s, %s', p.models, p.requests_per_minute, p.tokens_per_minute,
                    p.concurrent_max),
             coalesce(format('%s, %s, %s, %s', t.models, t.requests_per_minute, t.tokens_per_minute,
                    t.concurrent_max), 'no terms')
        FROM billing.plan p
        LEFT JOIN identity.access_terms t ON t.id = p.id AND t.tenant_id = p.tenant_id
       WHERE t.id IS NULL
          OR (t.models, t.requests_per_minute, t.tokens_per_minute, t.concurrent_max)
             IS DISTINCT FROM
             (p.models, p.requests_per_minute, p.tokens_per_minute, p.concurrent_max)
      """);

  private SubscriptionsCheck() {}
}
