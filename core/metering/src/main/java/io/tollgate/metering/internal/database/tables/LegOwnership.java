package io.tollgate.metering.internal.database.tables;

import io.tollgate.ground.Asset;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Leg;

/**
 * Whether an account may take part in a request's charge. A leg is believed only on such a one: a
 * database that was put back to an older state gives the numbers of accounts again.
 */
public final class LegOwnership {
  private LegOwnership() {}

  /** Whether the account is one that the leg may be on. */
  public static boolean fits(Intent intent, Leg leg, AccountKey account) {
    return switch (leg.kind()) {
      case PAYMENT, PASSED_OVER -> pays(intent, account);
      case LIMIT -> limits(intent, account);
    };
  }

  /** Whether it is an account of the user's. */
  public static boolean pays(Intent intent, AccountKey account) {
    return account.kind() != AccountKind.LIMIT
        && account.tenant().equals(intent.tenant())
        && account.owner().equals(AccountKey.owner(intent.user()));
  }

  /** Whether it limits what the key, the user or the tenant spends. */
  public static boolean limits(Intent intent, AccountKey account) {
    return account.kind() == AccountKind.LIMIT
        && account.tenant().equals(intent.tenant())
        && (account.owner().equals(AccountKey.owner(intent.user()))
            || account.owner().equals(AccountKey.owner(intent.apiKey()))
            || account.owner().equals(AccountKey.TENANT));
  }

  /** The same, in a currency. */
  public static boolean limits(Intent intent, Asset currency, AccountKey account) {
    return account.asset().equals(Asset.allowance(currency)) && limits(intent, account);
  }
}
