package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Audits of the books that were run, kept for those who ask what the last one found. */
public interface AuditRuns {
  /** Keeps what an audit found; what it found beyond a hundred is counted only. */
  Run keep(
      Transaction transaction, AuditReport report, String by, Instant startedAt, Instant endedAt);

  /** Those that were kept, the newest first. */
  ListPage<Run> list(Transaction transaction, Filter filter, ListRequest page);

  /** The newest. */
  Optional<Run> last(Transaction transaction);

  /** Which are listed; what is empty does not filter. */
  record Filter(Optional<Boolean> clean) {
    public Filter {
      requireNonNull(clean, "clean is null");
    }
  }

  /**
   * An audit.
   *
   * @param by who ran it
   * @param since from when on added rows were read; empty: all
   * @param found how many findings there were
   * @param findings the first of them
   */
  record Run(
      long id,
      Instant startedAt,
      Instant endedAt,
      String by,
      Optional<Instant> since,
      boolean clean,
      long accounts,
      long transfers,
      long entries,
      int checks,
      int found,
      List<AuditFinding> findings,
      List<String> notes) {
    public Run {
      requireNonNull(startedAt, "startedAt is null");
      requireNonNull(endedAt, "endedAt is null");
      requireNonNull(by, "by is null");
      requireNonNull(since, "since is null");
      findings = List.copyOf(findings);
      notes = List.copyOf(notes);
    }
  }
}
