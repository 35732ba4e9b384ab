package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the accounts of what tenants have earned; they never change. Safe for many threads. */
final class TenantRevenue {
  private static final int MAX_REMEMBERED = 100_000;

  private final Ledger ledger;
  private final Map<AccountKey, AccountId> known = new ConcurrentHashMap<>();

  TenantRevenue(Ledger ledger) {
    this.ledger = requireNonNull(ledger, "ledger is null");
  }

  AccountId of(Transaction transaction, TenantId tenant, Asset asset) {
    AccountKey key = AccountKey.ofTenant(tenant, AccountKind.REVENUE, asset);
    AccountId remembered = known.get(key);
    if (remembered != null) {
      return remembered;
    }
    ledger.define(transaction, asset);
    AccountId id = ledger.open(transaction, key, AccountTerms.PLAIN);
    transaction.afterCommit(
        () -> {
          if (known.size() < MAX_REMEMBERED) {
            known.put(key, id);
          }
        });
    return id;
  }
}
