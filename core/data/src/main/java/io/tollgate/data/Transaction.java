package io.tollgate.data;

import org.jooq.DSLContext;

/** A transaction that is open. Confined to the thread that runs its body. */
public interface Transaction {
  /** SQL on this transaction's connection. */
  DSLContext sql();

  /** Writes an event that subscribers get if and only if this transaction commits. */
  void publish(OutboxEvent event);

  /** Runs the action on the same thread after a successful commit. It must not fail. */
  void afterCommit(Runnable action);
}
