package io.tollgate.billing.internal.records;

import static io.tollgate.schema.billing.Tables.SERVICE_DAY;

import io.tollgate.billing.BillingRecords.ServiceStatistic;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.UserId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Adds up the days of what users have used. */
final class StatisticTable {
  private static final Field<BigDecimal> FREE = sum(SERVICE_DAY.FREE_COUNT);
  private static final Field<BigDecimal> PAID = sum(SERVICE_DAY.PAID_COUNT);
  private static final Field<BigDecimal> COST = sum(SERVICE_DAY.COST);

  private StatisticTable() {}

  /**
   * Of a span of days.
   *
   * @param until the first day that does not count
   */
  static ServiceStatistic of(
      Transaction transaction,
      UserId user,
      Asset currency,
      Optional<String> service,
      LocalDate from,
      LocalDate until) {
    Condition days =
        SERVICE_DAY
            .USER_ID
            .eq(user.value())
            .and(SERVICE_DAY.DAY.ge(from))
            .and(SERVICE_DAY.DAY.lt(until));
    return transaction
        .sql()
        .select(FREE, PAID, COST)
        .from(SERVICE_DAY)
        .where(service.map(name -> days.and(SERVICE_DAY.SERVICE.eq(name))).orElse(days))
        .fetchSingle(row -> statistic(service, row.value1(), row.value2(), row.value3(), currency));
  }

  /** Of all time, by service. */
  static List<ServiceStatistic> summary(Transaction transaction, UserId user, Asset currency) {
    return transaction
        .sql()
        .select(SERVICE_DAY.SERVICE, FREE, PAID, COST)
        .from(SERVICE_DAY)
        .where(SERVICE_DAY.USER_ID.eq(user.value()))
        .groupBy(SERVICE_DAY.SERVICE)
        .orderBy(SERVICE_DAY.SERVICE)
        .fetch(
            row ->
                statistic(
                    Optional.of(row.value1()), row.value2(), row.value3(), row.value4(), currency));
  }

  private static ServiceStatistic statistic(
      Optional<String> service, BigDecimal free, BigDecimal paid, BigDecimal cost, Asset currency) {
    return new ServiceStatistic(
        service,
        free.longValueExact(),
        paid.longValueExact(),
        new Amount(currency, cost.longValueExact()));
  }

  private static Field<BigDecimal> sum(Field<Long> column) {
    return DSL.coalesce(DSL.sum(column), DSL.inline(BigDecimal.ZERO));
  }
}
