package io.tollgate.metering.internal.database.bank;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.Entitlements;
import io.tollgate.metering.SpendLimit;
import io.tollgate.metering.SpendLimits;
import io.tollgate.metering.internal.shard.UserWallet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Reads wallets, after granting what their owners are due, opening the windows of their spend
 * limits, and paying what they owe.
 */
final class WalletReader implements AutoCloseable {
  private static final int MAX_WAITING = 20_000;
  private static final int MAX_AT_ONCE = 100;

  /** One order for everybody, as grants lock accounts. */
  private static final Comparator<UserWallet.Owner> ORDER =
      Comparator.<UserWallet.Owner>comparingLong(owner -> owner.tenant().value())
          .thenComparingLong(owner -> owner.user().value());

  private final Transactions transactions;
  private final Ledger ledger;
  private final Entitlements entitlements;
  private final SpendLimits limits;
  private final DebtPayments debts;
  private final BatchWorker<Ask> worker =
      new BatchWorker<>("wallets", MAX_WAITING, MAX_AT_ONCE, this::read);

  WalletReader(
      Transactions transactions, Ledger ledger, Entitlements entitlements, SpendLimits limits) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.entitlements = entitlements;
    this.limits = limits;
    this.debts = new DebtPayments(transactions, ledger);
    worker.start();
  }

  void ask(BankSeat seat, UserWallet.Owner owner, Instant at) {
    if (!worker.offer(new Ask(seat, owner, at))) {
      Refusal full =
          new Refusal(ErrorCode.UNAVAILABLE, "too many wallets are being read at this moment");
      seat.tell(listener -> listener.walletFailed(owner, full));
    }
  }

  private void read(List<Ask> asked) {
    Map<UserWallet.Owner, Instant> owners = new HashMap<>();
    asked.forEach(ask -> owners.merge(ask.owner, ask.at, (a, b) -> a.isAfter(b) ? a : b));
    Map<UserWallet.Owner, UserWallet> wallets = new HashMap<>();
    Map<UserWallet.Owner, RuntimeException> failures = new HashMap<>();
    read(owners.keySet().stream().sorted(ORDER).toList(), owners, wallets, failures);
    payDebts(owners, wallets, failures);
    for (Ask ask : asked) {
      UserWallet wallet = wallets.get(ask.owner);
      RuntimeException failure = failures.get(ask.owner);
      if (wallet != null) {
        ask.seat.tell(listener -> listener.wallet(ask.owner, wallet));
      } else if (failure != null) {
        ask.seat.tell(listener -> listener.walletFailed(ask.owner, failure));
      }
    }
  }

  /** Each by itself: accounts of several users are not locked together. */
  private void payDebts(
      Map<UserWallet.Owner, Instant> at,
      Map<UserWallet.Owner, UserWallet> wallets,
      Map<UserWallet.Owner, RuntimeException> failures) {
    wallets.replaceAll(
        (owner, wallet) -> {
          if (!wallet.owing()) {
            return wallet;
          }
          try {
            return wallet(debts.pay(owner, at.getOrDefault(owner, Instant.EPOCH)), wallet.limits());
          } catch (RuntimeException e) {
            failures.put(owner, e);
            return wallet;
          }
        });
    failures.keySet().forEach(wallets::remove);
  }

  /** All in one transaction; when that fails, each half by itself, so that one fails alone. */
  private void read(
      List<UserWallet.Owner> owners,
      Map<UserWallet.Owner, Instant> at,
      Map<UserWallet.Owner, UserWallet> wallets,
      Map<UserWallet.Owner, RuntimeException> failures) {
    try {
      wallets.putAll(transactions.write(transaction -> read(transaction, owners, at)));
    } catch (RuntimeException e) {
      boolean away = e instanceof Refusal refusal && refusal.code() == ErrorCode.UNAVAILABLE;
      if (owners.size() == 1 || away) {
        owners.forEach(owner -> failures.put(owner, e));
        return;
      }
      int half = owners.size() / 2;
      read(owners.subList(0, half), at, wallets, failures);
      read(owners.subList(half, owners.size()), at, wallets, failures);
    }
  }

  private Map<UserWallet.Owner, UserWallet> read(
      Transaction transaction, List<UserWallet.Owner> owners, Map<UserWallet.Owner, Instant> at) {
    SequencedMap<UserOfTenant, Instant> users = new LinkedHashMap<>();
    for (UserWallet.Owner owner : owners) {
      users.put(
          new UserOfTenant(owner.tenant(), owner.user()), at.getOrDefault(owner, Instant.EPOCH));
    }
    entitlements.ensure(transaction, users);
    Map<UserOfTenant, List<SpendLimit>> limited = limits.under(transaction, users);
    Map<UserWallet.Owner, UserWallet> wallets = new HashMap<>();
    ledger
        .ofUsers(transaction, users.keySet())
        .forEach(
            (user, accounts) ->
                wallets.put(
                    new UserWallet.Owner(user.tenant(), user.user()),
                    wallet(accounts, limited.getOrDefault(user, List.of()))));
    return wallets;
  }

  /**
   * A quota or gift that is used up is left out, until the ledger tells that it has something
   * again: there is nothing to ask the bank for. What is owed in tokens does not count: no payment
   * cures it, and it can only come from a quota that was given up or put back to an older state.
   */
  static UserWallet wallet(List<Account> accounts, List<SpendLimit> limits) {
    List<UserWallet.PayingAccount> paying = new ArrayList<>();
    boolean owing = false;
    for (Account account : accounts) {
      Asset asset = account.key().asset();
      if (account.key().kind() == AccountKind.OWED) {
        owing |= account.balance() < 0 && !asset.equals(Asset.TOKEN);
      } else if (!isUsedUp(account)) {
        paying.add(
            new UserWallet.PayingAccount(
                account.id(),
                asset,
                account.expiresAt(),
                account.key().kind() == AccountKind.GRANT));
      }
    }
    return new UserWallet(paying, limits, owing);
  }

  private static boolean isUsedUp(Account account) {
    return switch (account.key().kind()) {
      case GRANT, GIFT -> account.balance() == 0;
      case BALANCE,
          OWED,
          LIMIT,
          REVENUE,
          SUSPENSE,
          POINT_SELF,
          POINT_GIFT,
          POINT_OWED,
          POINT_DUE,
          PROFIT_POOL,
          REWARD,
          WORLD_PAYMENTS,
          WORLD_GRANTS,
          WORLD_UPSTREAM,
          WORLD_LIMITS ->
          false;
    };
  }

  @Override
  public void close() {
    worker.close();
  }

  private record Ask(BankSeat seat, UserWallet.Owner owner, Instant at) {}
}
