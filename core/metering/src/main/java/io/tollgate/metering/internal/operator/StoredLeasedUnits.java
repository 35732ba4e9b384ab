package io.tollgate.metering.internal.operator;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.metering.LeasedUnits;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Adds up leases by account. */
public final class StoredLeasedUnits {
  private static final String LEASED =
      """
      SELECT account_id, count(*) AS leases, sum(granted - settled) AS units
        FROM metering.lease
       WHERE account_id = ANY (?) AND granted > settled
       GROUP BY account_id
      """;

  private StoredLeasedUnits() {}

  public static Map<AccountId, LeasedUnits> of(
      Transaction transaction, Collection<AccountId> accounts) {
    Long[] ids = accounts.stream().map(AccountId::value).toArray(Long[]::new);
    Map<AccountId, LeasedUnits> leased = new HashMap<>();
    transaction
        .sql()
        .fetch(LEASED, (Object) ids)
        .forEach(
            row ->
                leased.put(
                    new AccountId(row.get("account_id", Long.class)),
                    new LeasedUnits(
                        row.get("leases", Long.class),
                        row.get("units", BigDecimal.class).longValueExact())));
    return leased;
  }
}
