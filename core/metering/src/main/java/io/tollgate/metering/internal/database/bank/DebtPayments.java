package io.tollgate.metering.internal.database.bank;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.metering.internal.database.tables.ArrayColumns;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.shard.UserWallet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Pays what a user owes from money of theirs that has become free since. The next credit would pay
 * it; but money that lay in a lease when the debt was made comes back without one, and whoever owes
 * is let through no more. What lies in leases still is called back.
 */
public final class DebtPayments {
  static final String OPERATION = "metering.owed_payment";

  private static final String LEASED =
      """
      SELECT l.holder, l.account_id
        FROM metering.lease l
        JOIN metering.meter_log m ON m.id = l.holder AND m.state = 'open'
       WHERE l.account_id = ANY (?::bigint[]) AND l.granted > l.settled AND NOT l.drained
      """;

  private final Transactions transactions;
  private final Ledger ledger;

  public DebtPayments(Transactions transactions, Ledger ledger) {
    this.transactions = transactions;
    this.ledger = ledger;
  }

  /**
   * Pays as far as it goes, in a transaction of its own, which locks this user's accounts only.
   *
   * @return the user's accounts as they are then
   */
  public List<Account> pay(TenantId tenant, UserId user, Instant at) {
    return pay(new UserWallet.Owner(tenant, user), at);
  }

  /** The same. */
  List<Account> pay(UserWallet.Owner owner, Instant at) {
    List<Account> seen =
        transactions.read(transaction -> ledger.ofUser(transaction, owner.tenant(), owner.user()));
    if (!hasMeans(seen)) {
      // most who owe have nothing: nobody's accounts are locked for them
      return seen;
    }
    return transactions.write(
        transaction -> {
          List<Account> accounts = ledger.lockOfUser(transaction, owner.tenant(), owner.user());
          Set<AccountId> leased = new LinkedHashSet<>();
          boolean paid = false;
          for (Account debt : accounts) {
            if (isDebt(debt)) {
              paid |= pay(transaction, owner, at, debt, accounts, leased);
            }
          }
          var _ = recall(transaction, leased);
          return paid ? ledger.ofUser(transaction, owner.tenant(), owner.user()) : accounts;
        });
  }

  /** Whether there is money that pays, or may come back from a lease. */
  private static boolean hasMeans(List<Account> accounts) {
    return accounts.stream()
        .filter(account -> account.key().kind() != AccountKind.OWED)
        .filter(account -> !account.key().asset().equals(Asset.TOKEN))
        .anyMatch(account -> account.available() > 0 || account.held() > 0);
  }

  /** What is owed in tokens is paid by nothing. */
  private static boolean isDebt(Account account) {
    return account.key().kind() == AccountKind.OWED
        && account.balance() < 0
        && !account.key().asset().equals(Asset.TOKEN);
  }

  private boolean pay(
      Transaction transaction,
      UserWallet.Owner owner,
      Instant at,
      Account debt,
      List<Account> accounts,
      Set<AccountId> leased) {
    long rest = Math.negateExact(debt.balance());
    List<Leg> legs = new ArrayList<>();
    for (Account account : accounts) {
      boolean means =
          account.key().kind() != AccountKind.OWED
              && account.key().asset().equals(debt.key().asset());
      long units = means ? Math.min(rest, Math.max(0, account.available())) : 0;
      if (units > 0) {
        legs.add(new Leg(account.id(), -units));
        rest -= units;
      }
      if (means && rest > 0 && account.held() > 0) {
        leased.add(account.id());
      }
    }
    if (legs.isEmpty()) {
      return false;
    }
    legs.add(new Leg(debt.id(), Math.subtractExact(Math.negateExact(debt.balance()), rest)));
    // the debt's version names this payment: no other begins where this one does
    String key = debt.id() + ":" + debt.version();
    var _ =
        ledger.post(
            transaction,
            new TransferRequest(
                "owed_payment",
                owner.tenant(),
                OPERATION,
                key,
                RequestHash.of(OPERATION, key),
                "",
                at,
                legs,
                List.of()));
    return true;
  }

  /** Calls back what lies in leases of the accounts; tells of which of them something does. */
  public static Set<AccountId> recall(Transaction transaction, Set<AccountId> accounts) {
    if (accounts.isEmpty()) {
      return Set.of();
    }
    List<LeaseRecalls.Recall> recalls =
        transaction.sql().connectionResult(c -> leased(c, accounts));
    LeaseRecalls.send(transaction, recalls);
    Set<AccountId> leased = new LinkedHashSet<>();
    recalls.forEach(each -> leased.add(each.account()));
    return leased;
  }

  private static List<LeaseRecalls.Recall> leased(Connection connection, Set<AccountId> accounts)
      throws SQLException {
    List<LeaseRecalls.Recall> recalls = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LEASED)) {
      var unused = new ArrayColumns(statement).accounts(accounts);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          recalls.add(
              new LeaseRecalls.Recall(
                  new HolderId(rows.getObject(1, UUID.class)), new AccountId(rows.getLong(2))));
        }
      }
    }
    return recalls;
  }
}
