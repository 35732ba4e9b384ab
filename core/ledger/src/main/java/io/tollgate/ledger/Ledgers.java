package io.tollgate.ledger;

import io.tollgate.ledger.internal.audit.BooksAudit;
import io.tollgate.ledger.internal.audit.StoredAuditRuns;
import io.tollgate.ledger.internal.lists.PostgresQueries;
import io.tollgate.ledger.internal.lists.StatementList;
import io.tollgate.ledger.internal.posting.PostgresLedger;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** Where the ledger comes from. */
public final class Ledgers {
  private Ledgers() {}

  /**
   * A ledger in PostgreSQL. Safe for use by many threads.
   *
   * @param clock when transfers are posted, and which grants are expired
   * @param random of the ids of transfers; must be safe for use by many threads, and unpredictable
   *     in production ({@link java.security.SecureRandom})
   */
  public static Ledger create(InstantSource clock, RandomGenerator random) {
    return new PostgresLedger(clock, random);
  }

  /**
   * The audit of the books.
   *
   * @param more checks of the contexts above the ledger, run after the ledger's own
   */
  public static Audit audit(List<AuditCheck> more) {
    return audit(more, List.of());
  }

  /**
   * The audit of the books, where contexts above the ledger reserve by {@link Ledger#moveHeld}.
   *
   * @param more checks of the contexts above the ledger, run after the ledger's own
   * @param reservations queries for what is held outside holds; each answers {@code account_id} and
   *     {@code amount}, both bigint, several rows per account allowed
   */
  public static Audit audit(List<AuditCheck> more, List<String> reservations) {
    return new BooksAudit(more, reservations);
  }

  /** Audits that were run. */
  public static AuditRuns auditRuns() {
    return new StoredAuditRuns();
  }

  /** Lists for those who look at the books. */
  public static LedgerQueries queries() {
    return new PostgresQueries();
  }

  /** Users' statements. */
  public static Statements statements() {
    return new StatementList();
  }
}
