package io.tollgate.rewards.internal.pools;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.Rewards;
import io.tollgate.rewards.internal.pools.RewardLogTable.Totals;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reward balances and their movements, in PostgreSQL. */
public final class StoredRewards implements Rewards {
  private final RewardAccounts accounts;

  public StoredRewards(RewardAccounts accounts) {
    this.accounts = requireNonNull(accounts, "accounts is null");
  }

  @Override
  public RewardBalance balance(Transaction transaction, TenantId tenant, UserId user) {
    return requireNonNull(balances(transaction, tenant, List.of(user)).get(user));
  }

  @Override
  public Map<UserId, RewardBalance> balances(
      Transaction transaction, TenantId tenant, Collection<UserId> users) {
    Map<UserId, Totals> totals = RewardLogTable.totals(transaction, users);
    Map<UserId, RewardBalance> balances = new LinkedHashMap<>();
    for (UserId user : users) {
      Totals total = totals.getOrDefault(user, Totals.NONE);
      // who has never got anything has no account
      Optional<Account> account =
          totals.containsKey(user) ? accounts.find(transaction, tenant, user) : Optional.empty();
      balances.put(
          user,
          account
              .map(
                  found ->
                      new RewardBalance(
                          points(found.available()),
                          points(found.held()),
                          points(total.earned()),
                          points(total.withdrawn())))
              .orElse(RewardBalance.EMPTY));
    }
    return balances;
  }

  @Override
  public ListPage<RewardRow> page(Transaction transaction, RewardFilter filter, ListRequest page) {
    return RewardLogTable.page(transaction, filter, page);
  }

  private static Amount points(long units) {
    return new Amount(Points.ASSET, units);
  }
}
