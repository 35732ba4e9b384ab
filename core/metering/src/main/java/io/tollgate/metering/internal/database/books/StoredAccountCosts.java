package io.tollgate.metering.internal.database.books;

import static io.tollgate.schema.metering.Tables.ACCOUNT_COST;
import static io.tollgate.schema.metering.Tables.ACCOUNT_COST_DAY;
import static io.tollgate.schema.metering.Tables.LEDGER_IDENTITY;

import io.tollgate.data.Transaction;
import io.tollgate.metering.AccountCost;
import io.tollgate.metering.AccountCostQueries;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.impl.DSL;

/** Reads what accounts have cost. */
public final class StoredAccountCosts implements AccountCostQueries {
  @Override
  public Map<Long, AccountCost> totals(Transaction transaction, Collection<Long> accounts) {
    Map<Long, AccountCost> totals = new HashMap<>();
    transaction
        .sql()
        .selectFrom(ACCOUNT_COST)
        .where(ACCOUNT_COST.ACCOUNT_ID.eq(DSL.any(accounts.toArray(Long[]::new))))
        .forEach(
            row ->
                totals.put(
                    row.getAccountId(),
                    new AccountCost(
                        row.getAccountId(),
                        Optional.empty(),
                        row.getRequests(),
                        row.getTotalNano(),
                        row.getVersion())));
    return totals;
  }

  @Override
  public Map<Long, List<AccountCost>> days(
      Transaction transaction, Collection<Long> accounts, LocalDate from, LocalDate to) {
    Map<Long, List<AccountCost>> days = new HashMap<>();
    transaction
        .sql()
        .selectFrom(ACCOUNT_COST_DAY)
        .where(ACCOUNT_COST_DAY.ACCOUNT_ID.eq(DSL.any(accounts.toArray(Long[]::new))))
        .and(ACCOUNT_COST_DAY.DAY.between(from, to))
        .orderBy(ACCOUNT_COST_DAY.ACCOUNT_ID, ACCOUNT_COST_DAY.DAY)
        .forEach(
            row ->
                days.computeIfAbsent(row.getAccountId(), account -> new ArrayList<>())
                    .add(
                        new AccountCost(
                            row.getAccountId(),
                            Optional.of(row.getDay()),
                            row.getRequests(),
                            row.getTotalNano(),
                            row.getVersion())));
    return days;
  }

  @Override
  public UUID books(Transaction transaction) {
    return transaction
        .sql()
        .select(LEDGER_IDENTITY.ID)
        .from(LEDGER_IDENTITY)
        .fetchSingle()
        .value1();
  }

  @Override
  public List<Long> accounts(Transaction transaction, long after, int limit) {
    return transaction
        .sql()
        .select(ACCOUNT_COST.ACCOUNT_ID)
        .from(ACCOUNT_COST)
        .where(ACCOUNT_COST.ACCOUNT_ID.gt(after))
        .orderBy(ACCOUNT_COST.ACCOUNT_ID)
        .limit(limit)
        .fetch(ACCOUNT_COST.ACCOUNT_ID);
  }
}
