package io.tollgate.billing.internal.grants;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.GrantOrder;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Ledger;
import java.math.BigInteger;

/** Refuses grants by hand that would leave no room in an account for what comes by itself. */
final class GrantBounds {
  private final Ledger ledger;
  private final GrantLimits limits;

  GrantBounds(Ledger ledger, GrantLimits limits) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.limits = requireNonNull(limits, "limits is null");
  }

  /**
   * @throws Refusal {@code INVALID_REQUEST} or {@code CONFLICT}
   */
  void check(Transaction transaction, GrantOrder order, UserId user) {
    Amount amount = order.amount();
    Asset asset = amount.asset();
    Amount perGrant = limits.ofGrant(asset);
    if (amount.compareTo(perGrant) > 0) {
      throw GivenText.refused(
          "amount", amount.toPlainString(), "at most " + perGrant + " in one grant");
    }
    BigInteger had = BigInteger.ZERO;
    for (Account account : ledger.ofUser(transaction, order.tenant(), user)) {
      if (account.key().asset().equals(asset) && account.key().kind() != AccountKind.OWED) {
        had = had.add(BigInteger.valueOf(account.balance()));
      }
    }
    requireRoom("the user", had, amount, limits.ofUser(asset));
    AccountKey world = AccountKey.world(order.tenant(), AccountKind.WORLD_GRANTS, asset);
    long given = ledger.find(transaction, world).map(Account::balance).orElse(0L);
    requireRoom("the tenant", BigInteger.valueOf(given).negate(), amount, limits.ofTenant(asset));
  }

  private static void requireRoom(String who, BigInteger had, Amount amount, Amount max) {
    if (had.add(BigInteger.valueOf(amount.units())).compareTo(BigInteger.valueOf(max.units()))
        > 0) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "amount: "
              + amount
              + " on top of what "
              + who
              + " was given and has (expected: at most "
              + max
              + " with it)");
    }
  }
}
