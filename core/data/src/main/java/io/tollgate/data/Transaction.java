package io.tollgate.data;

import java.util.List;
import org.jooq.DSLContext;

/** A transaction that is open. Confined to the thread that runs its body. */
public interface Transaction {
  /** SQL on this transaction's connection. */
  DSLContext sql();

  /** Writes an event that subscribers get if and only if this transaction commits. */
  void publish(OutboxEvent event);

  /** The same for many events at once, in their order. */
  void publishAll(List<OutboxEvent> events);

  /** Runs the action on the same thread after a successful commit. It must not fail. */
  void afterCommit(Runnable action);
}
