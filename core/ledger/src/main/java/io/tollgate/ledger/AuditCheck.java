package io.tollgate.ledger;

import io.tollgate.data.Transaction;
import java.util.List;

/** One thing that must always hold; contexts above the ledger add theirs. */
public interface AuditCheck {
  /** Name as reports show it: lower case, dotted, e.g. {@code ledger.chain}. */
  String name();

  /**
   * What does not fit, the first row first, at most {@link AuditScope#maxFindings()}.
   *
   * @param snapshot a REPEATABLE READ, READ ONLY transaction
   */
  List<AuditFinding> run(Transaction snapshot, AuditScope scope);

  /** What is no fault, but is to be seen: what is owed, in doubt, or lost. */
  default List<String> notes(Transaction snapshot, AuditScope scope) {
    return List.of();
  }
}
