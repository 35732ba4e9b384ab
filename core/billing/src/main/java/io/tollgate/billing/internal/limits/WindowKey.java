package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import java.util.Comparator;

/**
 * What makes a window unique. The order is the one in which everybody opens them.
 *
 * @param owner whose spending counts, as the ledger writes it
 * @param currency what is counted
 */
record WindowKey(TenantId tenant, String owner, Asset currency, String label)
    implements Comparable<WindowKey> {
  private static final Comparator<WindowKey> ORDER =
      Comparator.<WindowKey>comparingLong(key -> key.tenant.value())
          .thenComparing(WindowKey::owner)
          .thenComparing(key -> key.currency.code())
          .thenComparing(WindowKey::label);

  WindowKey {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(owner, "owner is null");
    requireNonNull(currency, "currency is null");
    requireNonNull(label, "label is null");
  }

  /** The account that holds what may still be spent in the window. */
  AccountKey allowance() {
    return AccountKey.limit(tenant, owner, Asset.allowance(currency), label);
  }

  /** The account that it comes from. */
  AccountKey world() {
    return AccountKey.world(tenant, AccountKind.WORLD_LIMITS, Asset.allowance(currency));
  }

  @Override
  public int compareTo(WindowKey other) {
    return ORDER.compare(this, other);
  }
}
