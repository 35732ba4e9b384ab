package io.tollgate.data;

import io.tollgate.ground.UserId;
import java.util.List;
import org.jooq.DSLContext;

/** A transaction that is open. Confined to the thread that runs its body. */
public interface Transaction {
  /** SQL on this transaction's connection. */
  DSLContext sql();

  /**
   * Publishes an event that subscribers get if and only if this transaction commits. It is written
   * right before the commit, so that nobody waits for the versions of the users for long.
   */
  void publish(OutboxEvent event);

  /** The same for many events at once, in their order. */
  void publishAll(List<OutboxEvent> events);

  /**
   * Says that the numbers of a user change with this transaction: their version grows with the
   * commit, also where no event tells of it.
   */
  void changed(UserId user);

  /**
   * The version of a user's numbers and events, with what this transaction has changed so far; 0
   * for one of whom nothing was ever told.
   */
  long version(UserId user);

  /** Runs the action on the same thread after a successful commit. It must not fail. */
  void afterCommit(Runnable action);
}
