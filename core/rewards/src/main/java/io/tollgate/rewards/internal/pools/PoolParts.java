package io.tollgate.rewards.internal.pools;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.UserId;
import io.tollgate.rewards.RewardTerms;
import io.tollgate.rewards.Rewards.RewardType;
import io.tollgate.rewards.internal.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a pool: 10 % for technology, 20 % for the network as a hard budget, and the rest for
 * the platform. Shares are rounded down and what that leaves goes to the platform, so that the
 * parts sum to the pool exactly. Parts of nothing are left out. Pure.
 */
public final class PoolParts {
  private static final int TECHNOLOGY = 1_000;
  private static final int NETWORK = 2_000;
  private static final int PLATFORM = 7_000;
  private static final int DIRECT = 2_500;
  private static final int PEER = 1_000;

  private final FrozenChain chain;
  private final UserId root;
  private final long network;
  private long left;
  private final List<Part> parts = new ArrayList<>();

  private PoolParts(long amount, FrozenChain chain, UserId root) {
    this.chain = chain;
    this.root = root;
    this.network = Share.floor(amount, NETWORK);
    this.left = network;
  }

  /**
   * One part.
   *
   * @param units of points, above 0
   * @param rate ten-thousandths of the network's share, or of the pool for technology and platform;
   *     0 of what is left
   */
  public record Part(RewardType type, UserId receiver, long units, int rate) {
    public Part {
      requireNonNull(type, "type is null");
      requireNonNull(receiver, "receiver is null");
    }
  }

  /**
   * The parts of a pool, in the order in which they are due.
   *
   * @param amount units of points, above 0
   * @param root takes what nobody else gets
   */
  public static List<Part> of(long amount, FrozenChain chain, UserId root) {
    PoolParts pool = new PoolParts(amount, chain, root);
    long technology = Share.floor(amount, TECHNOLOGY);
    pool.add(RewardType.TECH_TEAM, root, technology, TECHNOLOGY);
    pool.direct();
    pool.levels();
    pool.peer();
    pool.spend(RewardType.NETWORK_UNDIST, root, pool.left, 0);
    pool.add(RewardType.PLATFORM_RETAIN, root, amount - technology - pool.network, PLATFORM);
    return List.copyOf(pool.parts);
  }

  private void direct() {
    Optional<UserId> inviter =
        chain.inviter().filter(_ -> chain.inviterHolding() >= RewardTerms.LEAST_HOLDING.units());
    spend(
        inviter.isPresent() ? RewardType.DIRECT : RewardType.DIRECT_UNDIST,
        inviter.orElse(root),
        Share.floor(network, DIRECT),
        DIRECT);
  }

  /** From the nearest up: each gets what its rate is above the highest that was paid below. */
  private void levels() {
    int paid = 0;
    for (FrozenChain.Node node : chain.nodes()) {
      int difference = node.rate() - paid;
      if (difference > 0) {
        spend(RewardType.LEVEL_DIFF, node.user(), Share.floor(network, difference), difference);
        paid = node.rate();
      }
    }
  }

  private void peer() {
    Optional<UserId> peer =
        chain.nodes().stream()
            .filter(node -> chain.sourceLevel() > 0 && node.level() == chain.sourceLevel())
            .map(FrozenChain.Node::user)
            .findFirst();
    spend(
        peer.isPresent() ? RewardType.PEER : RewardType.PEER_UNDIST,
        peer.orElse(root),
        Share.floor(network, PEER),
        PEER);
  }

  /** Takes a part out of the network's budget, cut at what is left of it. */
  private void spend(RewardType type, UserId receiver, long units, int rate) {
    long cut = Math.min(units, left);
    left -= cut;
    add(type, receiver, cut, rate);
  }

  private void add(RewardType type, UserId receiver, long units, int rate) {
    if (units > 0) {
      parts.add(new Part(type, receiver, units, rate));
    }
  }
}
