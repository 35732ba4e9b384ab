package io.tollgate.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an audit found.
 *
 * @param at the database's time of the snapshot
 * @param since from when on added rows were read; empty: all
 * @param accounts accounts in the books, each shard counted
 * @param transfers transfers read
 * @param entries entries read
 * @param checks names of the checks that ran
 * @param findings what does not fit; empty: the books are clean
 * @param notes what is no fault, but is to be seen
 */
public record AuditReport(
    Instant at,
    Optional<Instant> since,
    long accounts,
    long transfers,
    long entries,
    List<String> checks,
    List<AuditFinding> findings,
    List<String> notes) {
  public AuditReport {
    checks = List.copyOf(checks);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  public boolean clean() {
    return findings.isEmpty();
  }

  /** The first row that does not fit. */
  public Optional<AuditFinding> first() {
    return findings.stream().findFirst();
  }
}
