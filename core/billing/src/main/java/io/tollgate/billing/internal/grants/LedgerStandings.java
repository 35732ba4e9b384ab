package io.tollgate.billing.internal.grants;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.UserStanding;
import io.tollgate.billing.UserStandings;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.Entitlements;
import java.time.Instant;
import java.util.List;

/** Adds up a user's accounts. */
public final class LedgerStandings implements UserStandings {
  private final Ledger ledger;
  private final Entitlements entitlements;
  private final GivenGrants given = new GivenGrants();

  public LedgerStandings(Ledger ledger, Entitlements entitlements) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.entitlements = requireNonNull(entitlements, "entitlements is null");
  }

  @Override
  public UserStanding of(
      Transaction transaction, TenantId tenant, UserId user, Asset currency, Instant now) {
    entitlements.ensure(transaction, tenant, user, now);
    // read first: numbers newer than their version are shown again, older ones would be kept
    long version = transaction.version(user);
    List<Account> accounts = ledger.ofUser(transaction, tenant, user);
    List<AccountId> quotas =
        accounts.stream().filter(LedgerStandings::isTokenQuota).map(Account::id).toList();
    long remaining =
        accounts.stream()
            .filter(LedgerStandings::isTokenQuota)
            .mapToLong(Account::balance)
            .reduce(0, Math::addExact);
    long balance =
        accounts.stream()
            .filter(account -> account.key().asset().equals(currency))
            .mapToLong(Account::balance)
            .reduce(0, Math::addExact);
    long owed =
        accounts.stream()
            .filter(account -> account.key().asset().equals(currency))
            .filter(account -> account.key().kind() == AccountKind.OWED)
            .mapToLong(account -> Math.max(0, Math.negateExact(account.balance())))
            .reduce(0, Math::addExact);
    return new UserStanding(
        given.sum(transaction, quotas),
        remaining,
        new Amount(currency, balance),
        new Amount(currency, owed),
        version);
  }

  private static boolean isTokenQuota(Account account) {
    return account.key().kind() == AccountKind.GRANT && account.key().asset().equals(Asset.TOKEN);
  }
}
