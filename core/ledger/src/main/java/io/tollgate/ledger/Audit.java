package io.tollgate.ledger;

import io.tollgate.data.Transaction;

/** Checks the books, under load and without false alarm: it reads one snapshot. */
@FunctionalInterface
public interface Audit {
  /**
   * Runs every check.
   *
   * @param snapshot {@link io.tollgate.data.Transactions#snapshot}: all checks see one state
   */
  AuditReport run(Transaction snapshot, AuditScope scope);
}
