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

/**
 * Finds the accounts of tenants that charges are booked on; they never change. Safe for many
 * threads.
 */
final class TenantAccounts {
  private static final int MAX_REMEMBERED = 100_000;

  private final Ledger ledger;
  private final Map<AccountKey, AccountId> known = new ConcurrentHashMap<>();

  TenantAccounts(Ledger ledger) {
    this.ledger = requireNonNull(ledger, "ledger is null");
  }

  /** Where what was taken goes. */
  AccountId revenue(Transaction transaction, TenantId tenant, Asset asset) {
    return find(transaction, AccountKey.ofTenant(tenant, AccountKind.REVENUE, asset));
  }

  /** Where what counts under spend limits goes. */
  AccountId limits(Transaction transaction, TenantId tenant, Asset currency) {
    Asset allowance = Asset.allowance(currency);
    return find(transaction, AccountKey.world(tenant, AccountKind.WORLD_LIMITS, allowance));
  }

  private AccountId find(Transaction transaction, AccountKey key) {
    AccountId remembered = known.get(key);
    if (remembered != null) {
      return remembered;
    }
    ledger.define(transaction, key.asset());
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
