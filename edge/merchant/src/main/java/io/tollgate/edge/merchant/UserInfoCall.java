package io.tollgate.edge.merchant;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.UserId;
import io.tollgate.identity.User;
import io.tollgate.identity.UserProfiles;
import io.tollgate.identity.Users;
import io.tollgate.rewards.Members;
import io.tollgate.rewards.Members.Standing;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.Rewards;
import io.tollgate.rewards.Rewards.RewardBalance;
import io.tollgate.trading.engine.Binding;
import io.tollgate.trading.engine.Bindings;
import io.tollgate.trading.engine.ExchangeAccount;
import io.tollgate.trading.engine.ExchangeAccounts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Everything about one user. */
final class UserInfoCall {
  private final Transactions transactions;
  private final Users users;
  private final UserProfiles profiles;
  private final PointCards cards;
  private final Members members;
  private final Rewards rewards;
  private final ExchangeAccounts accounts;
  private final Bindings bindings;

  UserInfoCall(Contexts contexts) {
    this.transactions = contexts.transactions();
    this.users = contexts.identity().users();
    this.profiles = contexts.identity().userProfiles();
    this.cards = contexts.cards();
    this.members = contexts.members();
    this.rewards = contexts.rewards();
    this.accounts = contexts.engine().accounts();
    this.bindings = contexts.engine().bindings();
  }

  List<MerchantCall> all() {
    return List.of(MerchantCall.get("/merchant/user/info", this::show));
  }

  private String show(Caller caller, Parameters parameters) {
    String email = parameters.requireEmail("email");
    return transactions.read(
        transaction -> Data.of(info(transaction, caller, caller.user(transaction, users, email))));
  }

  private Info info(Transaction transaction, Caller caller, User user) {
    PointCard card = cards.ofUser(transaction, caller.id(), user.id());
    Standing standing = members.standing(transaction, caller.id(), user.id());
    RewardBalance reward = rewards.balance(transaction, caller.id(), user.id());
    List<ExchangeAccount> bound = accounts.of(transaction, caller.id(), user.id());
    List<Binding> followed = bindings.of(transaction, caller.id(), user.id());
    return new Info(
        user.id(),
        user.email(),
        user.inviteCode(),
        inviterCode(transaction, user),
        user.active() ? 1 : 2,
        caller.time(user.createdAt()),
        standing.directCount(),
        card.self(),
        card.gift(),
        card.total(),
        standing.level(),
        standing.levelName(),
        standing.marketNode(),
        standing.selfHold(),
        standing.directCount(),
        standing.totalCount(),
        standing.teamPerformance(),
        reward.available(),
        reward.earned(),
        reward.withdrawn(),
        bound.stream().map(account -> account.exchange().code()).distinct().toList(),
        bound.stream().map(BoundAccount::of).toList(),
        followed.stream().filter(Binding::running).count(),
        followed.stream().map(Binding::totalProfit).reduce(BigDecimal.ZERO, BigDecimal::add),
        followed.stream().mapToLong(Binding::totalTrades).sum());
  }

  private Optional<String> inviterCode(Transaction transaction, User user) {
    return profiles
        .find(transaction, user.id())
        .flatMap(UserProfiles.UserProfile::inviter)
        .flatMap(inviter -> users.find(transaction, inviter))
        .map(User::inviteCode);
  }

  private record Info(
      UserId userId,
      Optional<String> email,
      String inviteCode,
      Optional<String> inviterInviteCode,
      int status,
      String createTime,
      long inviteCount,
      Amount pointCardSelf,
      Amount pointCardGift,
      Amount pointCardTotal,
      int level,
      String levelName,
      boolean isMarketNode,
      Amount selfHold,
      long teamDirectCount,
      long teamTotalCount,
      Amount teamPerformance,
      Amount rewardUsdt,
      Amount totalReward,
      Amount withdrawnReward,
      List<String> boundExchanges,
      List<BoundAccount> accounts,
      long activeStrategies,
      BigDecimal totalProfit,
      long totalTrades) {}

  /** An account; secrets are named, as existing clients read them, and never there. */
  private record BoundAccount(
      long accountId,
      String exchange,
      String accountType,
      String apiKey,
      Optional<String> apiSecret,
      Optional<String> passphrase,
      BigDecimal balance,
      BigDecimal futuresBalance,
      BigDecimal futuresAvailable,
      int status) {
    static BoundAccount of(ExchangeAccount account) {
      return new BoundAccount(
          account.id(),
          account.exchange().code(),
          account.type().code(),
          account.maskedKey(),
          Optional.empty(),
          Optional.empty(),
          account.balance(),
          account.futuresBalance(),
          account.futuresAvailable(),
          account.active() ? 1 : 2);
    }
  }
}
