package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * The execution nodes, and which accounts they trade for. An account without one, and every paper
 * account, is traded on from the centre. Runs in the caller's transaction. Safe for use by many
 * threads.
 */
public interface ExecutionNodes {
  /**
   * Adds a node.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when another has its code
   */
  ExecutionNode create(Transaction transaction, ExecutionNode.Sheet sheet);

  /**
   * Changes a node; of two at once the second changes what the first has left.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code INVALID_REQUEST} when its code
   *     would change, by which the node itself goes
   */
  ExecutionNode change(Transaction transaction, long id, UnaryOperator<ExecutionNode.Sheet> change);

  /**
   * Takes a node away.
   *
   * @return as it was
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code INVALID_REQUEST} while accounts
   *     are assigned to it
   */
  ExecutionNode delete(Transaction transaction, long id);

  Optional<ExecutionNode> find(Transaction transaction, long id);

  /** Nodes, the oldest first. */
  ListPage<ExecutionNode> list(Transaction transaction, NodeFilter filter, ListRequest request);

  /**
   * A node says that it runs.
   *
   * @return empty when there is none of that code
   */
  Optional<ExecutionNode> heard(Transaction transaction, String code);

  /**
   * Has accounts traded on by a node, or by the centre.
   *
   * @param accounts numbers; those that are not bound are left as they are
   * @param node empty: the centre
   * @return accounts that are assigned so now
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such node; {@code
   *     INVALID_REQUEST} when it is off
   */
  int assign(Transaction transaction, List<Long> accounts, OptionalLong node);

  /** Which nodes. */
  record NodeFilter(Optional<Boolean> active) {
    public NodeFilter {
      requireNonNull(active, "active is null");
    }
  }
}
