package io.tollgate.rewards.internal.pools;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.InvitationTree;
import io.tollgate.rewards.RewardTerms;
import io.tollgate.rewards.internal.Share;
import io.tollgate.rewards.internal.members.MemberTable;
import io.tollgate.rewards.internal.members.MemberTable.Member;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Opens pools, each with who stands above its source at that moment. */
public final class OpenPools {
  private final InvitationTree tree;
  private final LongConsumer opened;
  private final InstantSource clock;

  /**
   * @param opened hears of pools that were opened, after the commit
   */
  public OpenPools(InvitationTree tree, LongConsumer opened, InstantSource clock) {
    this.tree = requireNonNull(tree, "tree is null");
    this.opened = requireNonNull(opened, "opened is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Who stands above a user now. */
  public FrozenChain chain(Transaction transaction, UserId source, RewardTerms terms) {
    List<UserId> above = tree.above(transaction, source);
    List<UserId> all = new ArrayList<>(above);
    all.add(source);
    Map<UserId, Member> members = MemberTable.find(transaction, all);
    List<FrozenChain.Node> nodes = new ArrayList<>();
    for (UserId user : above) {
      Member member = members.get(user);
      if (member != null && member.marketNode()) {
        nodes.add(
            new FrozenChain.Node(
                user, member.level(), Share.tenThousandths(terms.rate(member.level()))));
      }
    }
    Optional<UserId> inviter = above.stream().findFirst();
    return new FrozenChain(
        source,
        Optional.ofNullable(members.get(source)).map(Member::level).orElse(0),
        inviter,
        inviter.map(members::get).map(Member::selfHold).orElse(0L),
        nodes);
  }

  /**
   * Opens a pool; it is distributed after the commit.
   *
   * @param close the charge it is of
   * @param units of points, above 0
   * @param transfer that put them into the tenant's account of pools
   * @return its id
   */
  public long open(
      Transaction transaction,
      TenantId tenant,
      long close,
      long units,
      UUID transfer,
      FrozenChain chain) {
    long pool =
        PoolTable.insert(
            transaction,
            new PoolTable.NewPool(tenant, close, units, transfer, chain),
            clock.instant());
    transaction.afterCommit(() -> opened.accept(pool));
    return pool;
  }
}
