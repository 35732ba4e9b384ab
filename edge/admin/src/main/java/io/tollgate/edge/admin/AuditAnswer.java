package io.tollgate.edge.admin;

import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an audit found, as it is sent.
 *
 * @param clean whether everything fits
 * @param since from when on added rows were read; null: all
 */
record AuditAnswer(
    boolean clean,
    Instant at,
    @Nullable Instant since,
    long accounts,
    long transfers,
    long entries,
    List<String> checks,
    List<AuditFinding> findings,
    List<String> notes) {
  static AuditAnswer of(AuditReport report) {
    return new AuditAnswer(
        report.clean(),
        report.at(),
        report.since().orElse(null),
        report.accounts(),
        report.transfers(),
        report.entries(),
        report.checks(),
        report.findings(),
        report.notes());
  }
}
