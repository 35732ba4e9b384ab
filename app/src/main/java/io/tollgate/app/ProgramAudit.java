package io.tollgate.app;

import io.tollgate.ledger.Audit;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditReservation;
import io.tollgate.ledger.Ledgers;

/** The audit of the books with the checks of every module. */
final class ProgramAudit {
  private ProgramAudit() {}

  static Audit create() {
    return Ledgers.audit(
        ProgramModules.facts(AuditCheck.class),
        ProgramModules.facts(AuditReservation.class).stream()
            .map(AuditReservation::query)
            .toList());
  }
}
