package io.tollgate.billing.internal.charges;

import io.tollgate.ledger.AuditReservation;

/** What open reservations hold of accounts, as the audit adds it up. */
public final class ReservationsHeld {
  public static final AuditReservation QUERY =
      new AuditReservation(
          """
          SELECT l.account_id, l.amount
            FROM billing.service_reservation r
           CROSS JOIN LATERAL unnest(r.leg_accounts, r.leg_units) AS l (account_id, amount)
           WHERE r.ended_at IS NULL
          """);

  private ReservationsHeld() {}
}
