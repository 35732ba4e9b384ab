package io.tollgate.relay.accounts.internal;

import static io.tollgate.schema.relay.Tables.PROVIDER_ACCOUNT;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * What accounts charge, as a multiple of what models cost elsewhere: of all that there ever were,
 * as requests are booked after their account was switched off or removed. Safe for use by many
 * threads.
 */
public final class CostFactors {
  private volatile Map<Long, BigDecimal> others = Map.of();

  CostFactors() {}

  /** The account's factor; 1 where the account is not known. */
  public BigDecimal of(long account) {
    return others.getOrDefault(account, BigDecimal.ONE);
  }

  /** Takes what {@link #read} has read. */
  void replace(Map<Long, BigDecimal> read) {
    others = Map.copyOf(requireNonNull(read, "read is null"));
  }

  /** The factors that are not 1, by account. */
  static Map<Long, BigDecimal> read(Transaction transaction) {
    Map<Long, BigDecimal> factors = new HashMap<>();
    transaction
        .sql()
        .select(PROVIDER_ACCOUNT.ID, PROVIDER_ACCOUNT.COST_FACTOR)
        .from(PROVIDER_ACCOUNT)
        .where(PROVIDER_ACCOUNT.COST_FACTOR.ne(BigDecimal.ONE))
        .forEach(row -> factors.put(row.value1(), row.value2()));
    return factors;
  }
}
