package io.tollgate.rewards.internal.pools;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.rewards.Points;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reward balances in the ledger. */
public final class RewardAccounts {
  private final Ledger ledger;

  public RewardAccounts(Ledger ledger) {
    this.ledger = requireNonNull(ledger, "ledger is null");
  }

  /** Where a user's rewards stand. */
  public static AccountKey key(TenantId tenant, UserId user) {
    return AccountKey.ofUser(tenant, user, AccountKind.REWARD, Points.ASSET);
  }

  /** The account of a user, where there is one. */
  public Optional<Account> find(Transaction transaction, TenantId tenant, UserId user) {
    return ledger.find(transaction, key(tenant, user));
  }

  /** The same, locked for the rest of the transaction. */
  public Optional<Account> lock(Transaction transaction, TenantId tenant, UserId user) {
    return find(transaction, tenant, user)
        .flatMap(
            found ->
                Optional.ofNullable(ledger.lock(transaction, List.of(found.id())).get(found.id())));
  }

  /** The accounts of users, opened where they are not there, and locked. */
  public Map<UserId, Account> lock(
      Transaction transaction, TenantId tenant, Collection<UserId> users) {
    TreeSet<UserId> ordered = new TreeSet<>(Comparator.comparingLong(UserId::value));
    ordered.addAll(users);
    Map<UserId, AccountId> ids = new LinkedHashMap<>();
    for (UserId user : ordered) {
      ids.put(user, ledger.open(transaction, key(tenant, user), AccountTerms.PLAIN));
    }
    Map<AccountId, Account> locked = ledger.lock(transaction, ids.values());
    Map<UserId, Account> accounts = new HashMap<>();
    ids.forEach((user, id) -> accounts.put(user, requireNonNull(locked.get(id))));
    return accounts;
  }
}
