package io.tollgate.billing.internal.charges;

import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.SqlCheck;
import java.util.List;

/**
 * Checks what is kept of services beside the ledger: that charges have the entries they say and
 * none is without one, that what was given back is what had been taken, and that days add up.
 */
public final class ServiceChargesCheck {
  private static final String ENTRIES =
      """
      SELECT 'charge ' || c.id AS what,
             format('%s free, %s paid, under %s', c.free_count, c.amount, l.said) AS said,
             format('%s free, %s paid, under %s', b.free, b.paid, b.limits) AS booked
        FROM billing.service_charge c
       CROSS JOIN LATERAL (
             SELECT coalesce(string_agg(a.id || ':' || c.amount, ' ' ORDER BY a.id), '') AS said
               FROM unnest(c.limit_accounts) AS a (id)) l
       CROSS JOIN LATERAL (
             SELECT coalesce(-sum(e.amount)
                      FILTER (WHERE a.kind <> 'limit' AND a.asset <> c.currency), 0) AS free,
                    coalesce(-sum(e.amount) FILTER (WHERE a.asset = c.currency), 0) AS paid,
                    coalesce(string_agg(a.id || ':' || -e.amount, ' ' ORDER BY a.id)
                      FILTER (WHERE a.kind = 'limit'), '') AS limits
               FROM ledger.entry e
               JOIN ledger.account a ON a.id = e.account_id AND a.shard = 0
              WHERE e.charge_id = c.id) b
       WHERE c.created_at >= :since
         AND (b.free <> c.free_count OR b.paid <> c.amount OR b.limits <> l.said)
       ORDER BY c.id
      """;

  private static final String STRAYS =
      """
      SELECT 'charge ' || e.charge_id AS what, 'none' AS said,
             format('%s in transfer %s', e.amount, t.id) AS booked
        FROM ledger.transfer t
        JOIN ledger.entry e ON e.transfer_id = t.id AND e.charge_id IS NOT NULL
       WHERE t.operation = 'billing.service_charges' AND t.posted_at >= :since
         AND NOT EXISTS (SELECT FROM billing.service_charge c WHERE c.id = e.charge_id)
       ORDER BY t.id, e.seq
      """;

  private static final String REFUNDS =
      """
      SELECT 'refund of charge ' || r.charge_id AS what,
             format('%s in transfer %s', r.legs, r.transfer_id) AS said,
             coalesce(r.booked::text, 'none') AS booked
        FROM (SELECT f.charge_id, f.transfer_id,
                     (SELECT jsonb_agg(jsonb_build_array(l.account, l.units)
                                       ORDER BY l.account, l.units)
                        FROM (SELECT * FROM unnest(c.leg_accounts, c.leg_units)
                              UNION ALL
                              SELECT a.id, c.amount
                                FROM unnest(c.limit_accounts) AS given (id)
                                JOIN ledger.account a ON a.id = given.id AND a.shard = 0
                               WHERE a.expires_at IS NULL OR a.expires_at > f.refunded_at)
                             AS l (account, units)) AS legs,
                     (SELECT jsonb_agg(jsonb_build_array(e.account_id, e.amount)
                                       ORDER BY e.account_id, e.amount)
                        FROM ledger.entry e
                       WHERE e.transfer_id = f.transfer_id AND e.amount > 0) AS booked
                FROM billing.service_refund f
                JOIN billing.service_charge c ON c.id = f.charge_id
               WHERE f.refunded_at >= :since) r
       WHERE r.legs IS DISTINCT FROM r.booked
       ORDER BY r.charge_id
      """;

  private static final String DAYS =
      """
      SELECT format('user %s, %s, %s', user_id, service, day) AS what,
             format('%s free, %s paid, %s', c.free, c.paid, c.cost) AS said,
             format('%s free, %s paid, %s', d.free_count, d.paid_count, d.cost) AS booked
        FROM (SELECT user_id, service, day, free_count, paid_count, cost
                FROM billing.service_day WHERE day >= (:since)::date - 1) d
        FULL JOIN (
             SELECT c.user_id, c.service, c.day, sum(c.free_count) AS free, sum(c.paid_count) AS paid,
                    sum(c.amount) AS cost
               FROM billing.service_charge c
              WHERE c.day >= (:since)::date - 1
                AND NOT EXISTS (SELECT FROM billing.service_refund f WHERE f.charge_id = c.id)
              GROUP BY c.user_id, c.service, c.day) c USING (user_id, service, day)
       WHERE coalesce(d.free_count, 0) <> coalesce(c.free, 0)
          OR coalesce(d.paid_count, 0) <> coalesce(c.paid, 0)
          OR coalesce(d.cost, 0) <> coalesce(c.cost, 0)
       ORDER BY user_id, service, day
      """;

  private ServiceChargesCheck() {}

  /** All of them. */
  public static List<AuditCheck> all() {
    return List.of(
        new SqlCheck("billing.service_charges", ENTRIES),
        new SqlCheck("billing.service_days", DAYS),
        new SqlCheck("billing.service_refunds", REFUNDS),
        new SqlCheck("billing.stray_service_charges", STRAYS));
  }
}
