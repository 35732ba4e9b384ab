package io.tollgate.edge.portal;

import io.tollgate.billing.RechargeAdmin;
import io.tollgate.billing.RechargeOrderFilter;
import io.tollgate.billing.RechargeStatus;
import io.tollgate.billing.Subscriptions;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.identity.Principal;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands in the way of deleting an account, and what goes with it: all of it money. */
final class DeletionObstacles {
  private final Subscriptions subscriptions;
  private final RechargeAdmin recharges;

  DeletionObstacles(Subscriptions subscriptions, RechargeAdmin recharges) {
    this.subscriptions = subscriptions;
    this.recharges = recharges;
  }

  /**
   * What stands in the way.
   *
   * @param accounts what the user has
   */
  List<Obstacle> of(Transaction transaction, Principal.OfUser user, List<Account> accounts) {
    List<Obstacle> found = new ArrayList<>();
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
    static Obstacle of(String code, Account account) {
      return new Obstacle(
          code,
          new Amount(account.key().asset(), Math.abs(account.balance())).toDecimal(),
          account.key().asset().code());
    }
  }
}
