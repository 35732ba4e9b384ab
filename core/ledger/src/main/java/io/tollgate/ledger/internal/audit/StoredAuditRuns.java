package io.tollgate.ledger.internal.audit;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditReport;
import io.tollgate.ledger.AuditRuns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;

/** Audits that were run, in the database; their findings as texts, four to one. */
public final class StoredAuditRuns implements AuditRuns {
  private static final int KEPT = 100;
  private static final int PARTS = 4;

  private static final String INSERT =
      """
      INSERT INTO ledger.audit_run (started_at, ended_at, run_by, since, clean, accounts, transfers,
             entries, checks, found, findings, notes)
      VALUES (?::timestamptz, ?::timestamptz, ?, ?::timestamptz, ?, ?, ?, ?, ?, ?, ?, ?)
      RETURNING *
      """;

  private static final String WHICH =
      " FROM ledger.audit_run WHERE (?::boolean IS NULL OR clean = ?)";

  @Override
  public Run keep(
      Transaction transaction, AuditReport report, String by, Instant startedAt, Instant endedAt) {
    List<String> findings = new ArrayList<>();
    for (AuditFinding finding : report.findings().stream().limit(KEPT).toList()) {
      findings.add(finding.check());
      findings.add(finding.row());
      findings.add(finding.expected());
      findings.add(finding.found());
    }
    return read(
        transaction
            .sql()
            .fetchSingle(
                INSERT,
                startedAt.toString(),
                endedAt.toString(),
                by,
                report.since().map(Instant::toString).orElse(null),
                report.clean(),
                report.accounts(),
                report.transfers(),
                report.entries(),
                report.checks().size(),
                report.findings().size(),
                findings.toArray(String[]::new),
                report.notes().stream().limit(KEPT).toArray(String[]::new)));
  }

  @Override
  public ListPage<Run> list(Transaction transaction, Filter filter, ListRequest page) {
    Boolean clean = filter.clean().orElse(null);
    long before = page.cursor().map(StoredAuditRuns::before).orElse(Long.MAX_VALUE);
    return ListPage.of(
        transaction
            .sql()
            .fetch(
                "SELECT *" + WHICH + " AND id < ? ORDER BY id DESC LIMIT ? OFFSET ?",
                clean,
                clean,
                before,
                page.limit(),
                page.offset())
            .map(StoredAuditRuns::read),
        page,
        run -> Long.toString(run.id()),
        () ->
            transaction
                .sql()
                .fetchSingle("SELECT count(*)" + WHICH, clean, clean)
                .get(0, Long.class));
  }

  @Override
  public Optional<Run> last(Transaction transaction) {
    return transaction
        .sql()
        .fetchOptional("SELECT * FROM ledger.audit_run ORDER BY id DESC LIMIT 1")
        .map(StoredAuditRuns::read);
  }

  private static Run read(Record row) {
    String[] texts = row.get("findings", String[].class);
    List<AuditFinding> findings = new ArrayList<>();
    for (int i = 0; i + PARTS <= texts.length; i += PARTS) {
      findings.add(new AuditFinding(texts[i], texts[i + 1], texts[i + 2], texts[i + 3]));
    }
    return new Run(
        row.get("id", Long.class),
        row.get("started_at", Instant.class),
        row.get("ended_at", Instant.class),
        row.get("run_by", String.class),
        Optional.ofNullable(row.get("since", Instant.class)),
        row.get("clean", Boolean.class),
        row.get("accounts", Long.class),
        row.get("transfers", Long.class),
        row.get("entries", Long.class),
        row.get("checks", Integer.class),
        row.get("found", Integer.class),
        findings,
        List.of(row.get("notes", String[].class)));
  }

  private static long before(String cursor) {
    try {
      return Numerals.wholeNumber(cursor);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }
}
