package io.tollgate.billing.internal.subscriptions;

import static io.tollgate.schema.billing.Tables.PLAN;
import static io.tollgate.schema.billing.Tables.SUBSCRIPTION;

import io.tollgate.billing.Plan;
import io.tollgate.billing.PlanPeriod;
import io.tollgate.billing.Plans.Filter;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.AccessTerms;
import io.tollgate.identity.AllowedModels;
import io.tollgate.identity.KeyRates;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table of plans. */
final class PlanTable {
  private static final int SOLD_MAX = 100;
  private static final Field<Integer> SUBSCRIBERS =
      DSL.field(
          DSL.selectCount()
              .from(SUBSCRIPTION)
              .where(SUBSCRIPTION.PLAN_ID.eq(PLAN.ID))
              .and(SUBSCRIPTION.STATE.ne("ended")));

  private PlanTable() {}

  /** A plan's terms, checked. */
  record Terms(
      String name,
      Amount price,
      PlanPeriod period,
      long tokens,
      int windowDays,
      AccessTerms access) {

    /** Puts them into a row. */
    Map<Field<?>, @Nullable Object> columns() {
      KeyRates rates = access.rates();
      List<String> models = access.models().patterns();
      Map<Field<?>, @Nullable Object> columns = new LinkedHashMap<>();
      columns.put(PLAN.NAME, name);
      columns.put(PLAN.PRICE, price.units());
      columns.put(PLAN.PERIOD_UNIT, period.unit().code());
      columns.put(PLAN.PERIOD_COUNT, period.count());
      columns.put(PLAN.TOKENS, tokens);
      columns.put(PLAN.WINDOW_DAYS, windowDays);
      columns.put(PLAN.MODELS, models.isEmpty() ? null : models.toArray(String[]::new));
      columns.put(PLAN.REQUESTS_PER_MINUTE, number(rates.requestsPerMinute()));
      columns.put(
          PLAN.TOKENS_PER_MINUTE,
          rates.tokensPerMinute().isPresent() ? rates.tokensPerMinute().getAsLong() : null);
      columns.put(PLAN.CONCURRENT_MAX, number(rates.concurrent()));
      return columns;
    }

    private static @Nullable Integer number(OptionalInt number) {
      return number.isPresent() ? number.getAsInt() : null;
    }
  }

  static Optional<Plan> insert(
      Transaction transaction, TenantId tenant, String code, Terms terms, Instant now) {
    return transaction
        .sql()
        .insertInto(PLAN)
        .set(PLAN.TENANT_ID, tenant.value())
        .set(PLAN.CODE, code)
        .set(PLAN.CURRENCY, terms.price().asset().code())
        .set(terms.columns())
        .set(PLAN.SELLING, true)
        .set(PLAN.CREATED_AT, now)
        .set(PLAN.UPDATED_AT, now)
        .onConflictDoNothing()
        .returning(PLAN.ID)
        .fetchOptional(PLAN.ID)
        .flatMap(id -> find(transaction, id));
  }

  static void update(Transaction transaction, long id, Terms terms, Instant now) {
    int _ =
        transaction
            .sql()
            .update(PLAN)
            .set(terms.columns())
            .set(PLAN.UPDATED_AT, now)
            .where(PLAN.ID.eq(id))
            .execute();
  }

  static void sell(Transaction transaction, long id, boolean selling, Instant now) {
    int _ =
        transaction
            .sql()
            .update(PLAN)
            .set(PLAN.SELLING, selling)
            .set(PLAN.UPDATED_AT, now)
            .where(PLAN.ID.eq(id))
            .and(PLAN.SELLING.ne(selling))
            .execute();
  }

  static Optional<Plan> find(Transaction transaction, long id) {
    return transaction
        .sql()
        .select(PLAN.fields())
        .select(SUBSCRIBERS)
        .from(PLAN)
        .where(PLAN.ID.eq(id))
        .fetchOptional(PlanTable::read);
  }

  static Map<Long, Plan> find(Transaction transaction, Collection<Long> ids) {
    return transaction
        .sql()
        .select(PLAN.fields())
        .select(SUBSCRIBERS)
        .from(PLAN)
        .where(PLAN.ID.eq(DSL.any(ids.toArray(Long[]::new))))
        .fetchMap(PLAN.ID, PlanTable::read);
  }

  static List<Plan> sold(Transaction transaction, TenantId tenant) {
    return transaction
        .sql()
        .select(PLAN.fields())
        .select(SUBSCRIBERS)
        .from(PLAN)
        .where(PLAN.TENANT_ID.eq(tenant.value()))
        .and(PLAN.SELLING)
        .orderBy(PLAN.PRICE, PLAN.ID)
        .limit(SOLD_MAX)
        .fetch(PlanTable::read);
  }

  static ListPage<Plan> page(Transaction transaction, Filter filter, ListRequest page) {
    return ListPage.of(
        query(transaction.sql(), filter, page).fetch(PlanTable::read),
        page,
        plan -> Long.toString(plan.id()),
        () -> transaction.sql().fetchCount(PLAN, condition(filter)));
  }

  static ResultQuery<? extends Record> query(DSLContext sql, Filter filter, ListRequest page) {
    Condition condition = condition(filter);
    if (page.cursor().isPresent()) {
      condition = condition.and(PLAN.ID.gt(Cursors.number(page.cursor().get())));
    }
    return sql.select(PLAN.fields())
        .select(SUBSCRIBERS)
        .from(PLAN)
        .where(condition)
        .orderBy(PLAN.ID)
        .offset(page.offset())
        .limit(page.limit());
  }

  private static Condition condition(Filter filter) {
    Condition condition = DSL.noCondition();
    if (filter.tenant().isPresent()) {
      condition = condition.and(PLAN.TENANT_ID.eq(filter.tenant().get().value()));
    }
    if (filter.selling().isPresent()) {
      condition = condition.and(PLAN.SELLING.eq(filter.selling().get()));
    }
    return condition;
  }

  private static AccessTerms access(Record row) {
    Integer requests = row.get(PLAN.REQUESTS_PER_MINUTE);
    Long tokens = row.get(PLAN.TOKENS_PER_MINUTE);
    Integer concurrent = row.get(PLAN.CONCURRENT_MAX);
    return new AccessTerms(
        Optional.ofNullable(row.get(PLAN.MODELS))
            .map(models -> AllowedModels.of(List.of(models)))
            .orElse(AllowedModels.ALL),
        new KeyRates(
            requests == null ? OptionalInt.empty() : OptionalInt.of(requests),
            tokens == null ? OptionalLong.empty() : OptionalLong.of(tokens),
            concurrent == null ? OptionalInt.empty() : OptionalInt.of(concurrent)));
  }

  private static Plan read(Record row) {
    return new Plan(
        row.get(PLAN.ID),
        new TenantId(row.get(PLAN.TENANT_ID)),
        row.get(PLAN.CODE),
        row.get(PLAN.NAME),
        new Amount(Asset.money(row.get(PLAN.CURRENCY)), row.get(PLAN.PRICE)),
        new PlanPeriod(
            PlanPeriod.Unit.find(row.get(PLAN.PERIOD_UNIT)).orElseThrow(),
            row.get(PLAN.PERIOD_COUNT)),
        row.get(PLAN.TOKENS),
        row.get(PLAN.WINDOW_DAYS),
        access(row),
        row.get(PLAN.SELLING),
        row.get(SUBSCRIBERS),
        row.get(PLAN.CREATED_AT),
        row.get(PLAN.UPDATED_AT));
  }
}
