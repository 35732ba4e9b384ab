package io.tollgate.data;

/**
 * Runs work in transactions against PostgreSQL. Blocking: call it on virtual threads, never on an
 * event loop. Safe for use by many threads; the pool behind it is bounded, and a caller who gets no
 * connection in time is answered {@code UNAVAILABLE}.
 */
public interface Transactions {
  /**
   * Runs the body in a READ COMMITTED transaction and commits. A body that failed by deadlock or
   * serialization is run again, a bounded number of times, so it must have no effect but through
   * the transaction.
   *
   * @throws CommitUnknownException when the connection broke during COMMIT: it may be done or not
   */
  <T> T write(TransactionBody<T> body);

  /** Runs the body in a READ COMMITTED, READ ONLY transaction. */
  <T> T read(TransactionBody<T> body);

  /** Runs the body in a REPEATABLE READ, READ ONLY transaction: one snapshot of everything. */
  <T> T snapshot(TransactionBody<T> body);
}
