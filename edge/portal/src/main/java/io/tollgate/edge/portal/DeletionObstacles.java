package io.tollgate.edge.portal;

import io.tollgate.billing.RechargeAdmin;
import io.tollgate.billing.RechargeOrderFilter;
import io.tollgate.billing.RechargeStatus;
import io.tollgate.billing.Subscriptions;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.identity.Principal;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.Rewards;
import io.tollgate.rewards.Rewards.RewardBalance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands in the way of deleting an account, and what goes with it: all of it money. */
final class DeletionObstacles {
  private final Users users;
  private final Subscriptions subscriptions;
  private final RechargeAdmin recharges;
  private final PointCards cards;
  private final Rewards rewards;

  DeletionObstacles(
      Users users,
      Subscriptions subscriptions,
      RechargeAdmin recharges,
      PointCards cards,
      Rewards rewards) {
    this.users = users;
    this.subscriptions = subscriptions;
    this.recharges = recharges;
    this.cards = cards;
    this.rewards = rewards;
  }

  /**
   * What stands in the way.
   *
   * @param accounts what the user has
   */
  List<Obstacle> of(Transaction transaction, Principal.OfUser user, List<Account> accounts) {
    List<Obstacle> found = new ArrayList<>();
    if (users.find(transaction, user.user()).filter(User::root).isPresent()) {
      found.add(new Obstacle("merchant", null, null));
    }
    for (Account account : accounts) {
      if (account.key().kind() == AccountKind.BALANCE && account.balance() != 0) {
        found.add(Obstacle.of("balance", account));
      }
      if (account.key().kind() == AccountKind.OWED && account.balance() != 0) {
        found.add(Obstacle.of("owed", account));
      }
    }
    if (accounts.stream().anyMatch(account -> account.held() > 0)) {
      found.add(new Obstacle("requests_under_way", null, null));
    }
    if (subscriptions.of(transaction, user.tenant(), user.user()).isPresent()) {
      found.add(new Obstacle("subscription", null, null));
    }
    RechargeOrderFilter open =
        new RechargeOrderFilter(
            Optional.of(user.tenant()),
            Optional.of(user.user()),
            Optional.empty(),
            Optional.of(RechargeStatus.PENDING),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    if (!recharges.orders(transaction, open, ListRequest.first(1)).rows().isEmpty()) {
      found.add(new Obstacle("open_recharge", null, null));
    }
    found.addAll(ofMember(transaction, user));
    return found;
  }

  /** Points that were paid for or are owed, and rewards that were not paid out. */
  private List<Obstacle> ofMember(Transaction transaction, Principal.OfUser user) {
    PointCard card = cards.ofUser(transaction, user.tenant(), user.user());
    RewardBalance earned = rewards.balance(transaction, user.tenant(), user.user());
    List<Obstacle> found = new ArrayList<>();
    if (card.self().isPositive()) {
      found.add(Obstacle.of("points", card.self()));
    }
    if (card.owed().isPositive()) {
      found.add(Obstacle.of("points_owed", card.owed()));
    }
    if (earned.available().isPositive() || earned.held().isPositive()) {
      found.add(
          new Obstacle(
              "rewards",
              earned.available().toDecimal().add(earned.held().toDecimal()),
              earned.available().asset().code()));
    }
    return found;
  }

  /** What was given and not used up: it goes with the account. */
  static List<Obstacle> lost(List<Account> accounts) {
    return accounts.stream()
        .filter(
            account ->
                account.key().kind() == AccountKind.GIFT
                    || account.key().kind() == AccountKind.GRANT)
        .filter(account -> account.balance() > 0)
        .map(account -> Obstacle.of(account.key().kind().code(), account))
        .toList();
  }

  /**
   * One of them.
   *
   * @param amount null where it is none of money
   */
  record Obstacle(String code, @Nullable BigDecimal amount, @Nullable String asset) {
    static Obstacle of(String code, Amount amount) {
      return new Obstacle(code, amount.toDecimal(), amount.asset().code());
    }

    static Obstacle of(String code, Account account) {
      return new Obstacle(
          code,
          new Amount(account.key().asset(), Math.abs(account.balance())).toDecimal(),
          account.key().asset().code());
    }
  }
}
