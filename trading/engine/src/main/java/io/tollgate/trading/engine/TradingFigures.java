package io.tollgate.trading.engine;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import java.util.Optional;

/** How much is traded, and by how many. In a caller's transaction. Safe for use by many threads. */
public interface TradingFigures {
  /**
   * All of it now.
   *
   * @param tenant whose orders and bindings alone; nodes are of no tenant, and are counted in any
   *     case; empty: everybody's
   */
  Counts counts(Transaction transaction, Optional<TenantId> tenant);

  /**
   * How many there are.
   *
   * @param orders of any time and status
   * @param nodes that are registered, also those that are off
   * @param onlineNodes whose last heartbeat is younger than 180 seconds
   * @param runningBindings that follow their strategy now
   */
  record Counts(long orders, long nodes, long onlineNodes, long runningBindings) {}
}
