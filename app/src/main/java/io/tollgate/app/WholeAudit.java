package io.tollgate.app;

import io.tollgate.billing.BillingModule;
import io.tollgate.ledger.Audit;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.Ledgers;
import io.tollgate.metering.Metering;
import java.util.ArrayList;
import java.util.List;

/** The audit of the books with the checks of every context. */
final class WholeAudit {
  private WholeAudit() {}

  static Audit create() {
    List<AuditCheck> checks = new ArrayList<>(Metering.auditChecks());
    checks.addAll(BillingModule.auditChecks());
    return Ledgers.audit(checks, Metering.auditReservations());
  }
}
