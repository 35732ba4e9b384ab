package io.tollgate.rewards.internal.pools;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.UserId;
import java.util.List;
import java.util.Optional;

/**
 * Who stood above a source when its pool was opened.
 *
 * @param sourceLevel 0 to 7
 * @param inviterHolding of the inviter, in units of points
 * @param nodes market nodes above, the nearest first
 */
public record FrozenChain(
    UserId source,
    int sourceLevel,
    Optional<UserId> inviter,
    long inviterHolding,
    List<Node> nodes) {
  public FrozenChain {
    requireNonNull(source, "source is null");
    requireNonNull(inviter, "inviter is null");
    nodes = List.copyOf(nodes);
  }

  /**
   * A market node.
   *
   * @param rate of its level, in ten-thousandths of the network's share
   */
  public record Node(UserId user, int level, int rate) {
    public Node {
      requireNonNull(user, "user is null");
    }
  }
}
