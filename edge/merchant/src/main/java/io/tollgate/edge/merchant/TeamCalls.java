package io.tollgate.edge.merchant;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.UserId;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import io.tollgate.rewards.Members;
import io.tollgate.rewards.Members.Standing;
import io.tollgate.rewards.Members.TeamMember;
import io.tollgate.rewards.Rewards;
import io.tollgate.rewards.Rewards.RewardFilter;
import io.tollgate.rewards.Rewards.RewardRow;
import io.tollgate.rewards.Rewards.RewardType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Teams of users, and what they earn by them. */
final class TeamCalls {
  private static final Sentence NODE = new Sentence("0 或 1", "0 or 1");
  private static final Sentence TYPE =
      new Sentence("direct、level_diff 或 peer", "direct, level_diff or peer");
  private static final int LONGEST_WORD = 20;

  private final Transactions transactions;
  private final Users users;
  private final Members members;
  private final Rewards rewards;

  TeamCalls(Contexts contexts) {
    this.transactions = contexts.transactions();
    this.users = contexts.identity().users();
    this.members = contexts.members();
    this.rewards = contexts.rewards();
  }

  List<MerchantCall> all() {
    return List.of(
        MerchantCall.get("/merchant/user/team", this::team),
        MerchantCall.post("/merchant/user/set-market-node", this::setMarketNode),
        MerchantCall.get("/merchant/user/rewards", this::rewards));
  }

  private String team(Caller caller, Parameters parameters) {
    String email = parameters.requireEmail("email");
    ListRequest page = parameters.page();
    return transactions.read(
        transaction -> {
          UserId user = caller.user(transaction, users, email).id();
          Standing standing = members.standing(transaction, caller.id(), user);
          ListPage<TeamMember> team = members.team(transaction, caller.id(), user, page);
          return Data.of(
              new Team(
                  team.rows().stream().map(member -> Member.of(caller, member)).toList(),
                  team.total().orElse(team.rows().size()),
                  page.page(),
                  page.size(),
                  new Stats(
                      standing.directCount(), standing.totalCount(), standing.teamPerformance())));
        });
  }

  private String setMarketNode(Caller caller, Parameters parameters) {
    String email = parameters.requireEmail("email");
    int node =
        parameters
            .choice("is_node", NODE, 0, 1)
            .orElseThrow(() -> MerchantFault.invalid(Sentence.missing("is_node", NODE)));
    return transactions.write(
        transaction -> {
          UserId user = caller.user(transaction, users, email).id();
          members.setMarketNode(transaction, caller.id(), user, node == 1);
          return Data.NOTHING;
        });
  }

  private String rewards(Caller caller, Parameters parameters) {
    String email = parameters.requireEmail("email");
    ListRequest page = parameters.page();
    Set<RewardType> types =
        parameters
            .text("reward_type", LONGEST_WORD, TYPE)
            .map(TeamCalls::type)
            .map(Set::of)
            .orElse(RewardType.SHOWN_TO_USERS);
    return transactions.read(
        transaction -> {
          UserId user = caller.user(transaction, users, email).id();
          ListPage<RewardRow> found =
              rewards.page(
                  transaction,
                  new RewardFilter(
                      Optional.of(caller.id()),
                      Optional.of(user),
                      types,
                      Optional.empty(),
                      OptionalLong.empty(),
                      Optional.empty(),
                      Optional.empty()),
                  page);
          Map<UserId, User> sources = sources(transaction, found.rows());
          return Data.list(
              found.rows().stream().map(row -> Reward.of(caller, row, sources)).toList(),
              found.total(),
              page);
        });
  }

  private Map<UserId, User> sources(Transaction transaction, List<RewardRow> rows) {
    return users.find(
        transaction, rows.stream().flatMap(row -> row.source().stream()).distinct().toList());
  }

  private static RewardType type(String text) {
    return RewardType.SHOWN_TO_USERS.stream()
        .filter(type -> type.code().equals(text))
        .findFirst()
        .orElseThrow(() -> MerchantFault.invalid(Sentence.wrong("reward_type", text, TYPE)));
  }

  private static Sentence name(RewardType type) {
    return switch (type) {
      case DIRECT -> new Sentence("直推奖励", "direct");
      case LEVEL_DIFF -> new Sentence("级差奖励", "level difference");
      case PEER -> new Sentence("平级奖励", "peer");
      case TECH_TEAM -> new Sentence("技术团队", "technology");
      case DIRECT_UNDIST -> new Sentence("直推未分配", "direct, undistributed");
      case PEER_UNDIST -> new Sentence("平级未分配", "peer, undistributed");
      case NETWORK_UNDIST -> new Sentence("网体未分配", "network, undistributed");
      case PLATFORM_RETAIN -> new Sentence("平台留存", "platform");
      case WITHDRAW_FREEZE -> new Sentence("提现冻结", "held for a withdrawal");
      case WITHDRAW_REJECT_RETURN -> new Sentence("提现驳回退回", "returned from a withdrawal");
    };
  }

  private record Team(List<Member> list, long total, int page, int limit, Stats teamStats) {}

  private record Stats(long directCount, long totalCount, Amount totalPerformance) {}

  private record Member(
      UserId userId,
      Optional<String> email,
      int level,
      String levelName,
      boolean isMarketNode,
      Amount teamPerformance,
      long subCount,
      String createTime) {
    static Member of(Caller caller, TeamMember member) {
      Standing standing = member.standing();
      return new Member(
          member.user(),
          member.email(),
          standing.level(),
          standing.levelName(),
          standing.marketNode(),
          standing.teamPerformance(),
          standing.directCount(),
          caller.time(member.createdAt()));
    }
  }

  private record Reward(
      long id,
      String rewardType,
      String rewardTypeName,
      Amount amount,
      Optional<UserId> sourceUserId,
      Optional<String> sourceEmail,
      BigDecimal rate,
      Optional<Long> settleBatch,
      String remark,
      String createTime) {
    static Reward of(Caller caller, RewardRow row, Map<UserId, User> sources) {
      return new Reward(
          row.id(),
          row.type().code(),
          caller.says(name(row.type())),
          row.amount(),
          row.source(),
          row.source()
              .flatMap(source -> Optional.ofNullable(sources.get(source)))
              .flatMap(User::email),
          row.rate(),
          row.pool().isPresent() ? Optional.of(row.pool().getAsLong()) : Optional.empty(),
          row.remark(),
          caller.time(row.createdAt()));
    }
  }
}
