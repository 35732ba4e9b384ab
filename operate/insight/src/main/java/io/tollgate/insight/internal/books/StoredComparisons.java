package io.tollgate.insight.internal.books;

import static io.tollgate.schema.insight.Tables.LOG_COMPARISON;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.insight.ComparedDay;
import io.tollgate.insight.LogSum;
import io.tollgate.schema.insight.tables.records.LogComparisonRecord;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** What comparisons have found, in PostgreSQL. */
final class StoredComparisons {
  private static final Condition DIFFERING =
      LOG_COMPARISON
          .BOOKED_REQUESTS
          .ne(LOG_COMPARISON.LOGGED_REQUESTS)
          .or(LOG_COMPARISON.BOOKED_QUOTA.ne(LOG_COMPARISON.LOGGED_QUOTA))
          .or(LOG_COMPARISON.BOOKED_COST.ne(LOG_COMPARISON.LOGGED_COST));

  /** Takes the place of what was found of that day before. */
  void keep(Transaction transaction, LocalDate day, List<ComparedDay> found) {
    int _ =
        transaction.sql().deleteFrom(LOG_COMPARISON).where(LOG_COMPARISON.DAY.eq(day)).execute();
    for (ComparedDay each : found) {
      int _ =
          transaction
              .sql()
              .insertInto(LOG_COMPARISON)
              .set(LOG_COMPARISON.DAY, day)
              .set(LOG_COMPARISON.TENANT_ID, each.booked().tenant())
              .set(LOG_COMPARISON.CURRENCY, each.booked().currency())
              .set(LOG_COMPARISON.BOOKED_REQUESTS, each.booked().requests())
              .set(LOG_COMPARISON.LOGGED_REQUESTS, each.logged().requests())
              .set(LOG_COMPARISON.BOOKED_QUOTA, each.booked().quotaTokens())
              .set(LOG_COMPARISON.LOGGED_QUOTA, each.logged().quotaTokens())
              .set(LOG_COMPARISON.BOOKED_COST, each.booked().cost())
              .set(LOG_COMPARISON.LOGGED_COST, each.logged().cost())
              .set(LOG_COMPARISON.MENDED, each.mended())
              .set(LOG_COMPARISON.COMPARED_AT, each.comparedAt())
              .execute();
    }
  }

  long countDiffering(Transaction transaction) {
    return transaction.sql().fetchCount(LOG_COMPARISON, DIFFERING);
  }

  ListPage<ComparedDay> list(
      Transaction transaction, OptionalLong tenant, boolean differing, ListRequest request) {
    Condition condition = differing ? DIFFERING : DSL.noCondition();
    Condition asked =
        tenant.isPresent()
            ? condition.and(LOG_COMPARISON.TENANT_ID.eq(tenant.getAsLong()))
            : condition;
    List<ComparedDay> rows =
        transaction
            .sql()
            .selectFrom(LOG_COMPARISON)
            .where(asked)
            .orderBy(
                LOG_COMPARISON.DAY.desc(),
                LOG_COMPARISON.TENANT_ID.desc(),
                LOG_COMPARISON.CURRENCY.desc())
            .limit(request.size())
            .offset(request.offset())
            .fetch(StoredComparisons::read);
    return new ListPage<>(
        rows,
        OptionalLong.of(transaction.sql().fetchCount(LOG_COMPARISON, asked)),
        Optional.empty());
  }

  private static ComparedDay read(LogComparisonRecord row) {
    return new ComparedDay(
        row.getDay(),
        new LogSum(
            row.getTenantId(),
            row.getCurrency(),
            row.getBookedRequests(),
            row.getBookedQuota(),
            row.getBookedCost()),
        new LogSum(
            row.getTenantId(),
            row.getCurrency(),
            row.getLoggedRequests(),
            row.getLoggedQuota(),
            row.getLoggedCost()),
        row.getMended(),
        row.getComparedAt());
  }
}
