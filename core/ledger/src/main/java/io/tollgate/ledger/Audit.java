package io.tollgate.ledger;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;

/** Checks the books, under load and without false alarm: it reads one snapshot. */
@FunctionalInterface
public interface Audit {
  /**
   * Runs every check.
   *
   * @param snapshot {@link io.tollgate.data.Transactions#snapshot}: all checks see one state
   */
  AuditReport run(Transaction snapshot, AuditScope scope);

  /** Runs every check on one snapshot, over two connections where they are to be had. */
  default AuditReport run(Transactions transactions, AuditScope scope) {
    return transactions.snapshot(snapshot -> run(snapshot, scope));
  }
}
