package io.tollgate.billing.internal.charges;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.AuditReservation;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

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

  private static final String OF_ACCOUNTS =
      "SELECT r.account_id, sum(r.amount) AS units FROM ("
          + QUERY.query()
          + ") r WHERE r.account_id = ANY (?) GROUP BY r.account_id";

  private ReservationsHeld() {}

  /** What they hold of these accounts; those of which they hold nothing are left out. */
  public static Map<AccountId, Long> of(Transaction transaction, Collection<AccountId> accounts) {
    Long[] ids = accounts.stream().map(AccountId::value).toArray(Long[]::new);
    Map<AccountId, Long> held = new HashMap<>();
    transaction
        .sql()
        .fetch(OF_ACCOUNTS, (Object) ids)
        .forEach(
            row ->
                held.put(
                    new AccountId(row.get("account_id", Long.class)),
                    row.get("units", BigDecimal.class).longValueExact()));
    return held;
  }
}
