package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

/**
 * What a context above the ledger reserves of accounts by {@link Ledger#moveHeld}, as the audit
 * reads it.
 *
 * @param query answers {@code account_id} and {@code amount}, both bigint; several rows per account
 *     allowed
 */
public record AuditReservation(String query) {
  public AuditReservation {
    requireNonNull(query, "query is null");
  }
}
