package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.MERCHANT_CALLS;
import static io.tollgate.schema.identity.Tables.QUOTA_PLAN;
import static io.tollgate.schema.identity.Tables.TENANT;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.PlanLimit;
import io.tollgate.identity.QuotaPlan;
import io.tollgate.identity.QuotaPlans;
import io.tollgate.identity.Tenant;
import io.tollgate.schema.identity.tables.records.QuotaPlanRecord;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Quota plans in PostgreSQL. */
public final class StoredQuotaPlans implements QuotaPlans {
  private static final Pattern CODE = Pattern.compile("[a-z0-9_-]{1,32}");
  private static final long MAX = 1_000_000_000_000L;
  private static final BigDecimal FEE_MAX = new BigDecimal("1e9");
  private static final int FEE_SCALE = 8;

  private final InstantSource clock;

  public StoredQuotaPlans(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public ListPage<QuotaPlan> list(
      Transaction transaction, Optional<Boolean> active, ListRequest page) {
    Condition which = active.map(QUOTA_PLAN.ACTIVE::eq).orElse(DSL.noCondition());
    Condition from =
        page.cursor().map(text -> which.and(QUOTA_PLAN.ID.gt(after(text)))).orElse(which);
    return ListPage.of(
        transaction
            .sql()
            .selectFrom(QUOTA_PLAN)
            .where(from)
            .orderBy(QUOTA_PLAN.ID)
            .offset(page.offset())
            .limit(page.limit())
            .fetch(StoredQuotaPlans::plan),
        page,
        plan -> Long.toString(plan.id()),
        () -> transaction.sql().fetchCount(QUOTA_PLAN, which));
  }

  @Override
  public Optional<QuotaPlan> find(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(QUOTA_PLAN)
        .where(QUOTA_PLAN.ID.eq(id))
        .fetchOptional(StoredQuotaPlans::plan);
  }

  @Override
  public QuotaPlan create(Transaction transaction, String code, Terms terms) {
    if (!CODE.matcher(code).matches()) {
      throw GivenText.refused("code", code, "1 to 32 of a-z 0-9 _ -");
    }
    check(terms);
    QuotaPlanRecord row = transaction.sql().newRecord(QUOTA_PLAN);
    row.setCode(code);
    row.setActive(true);
    row.setCreatedAt(InputChecks.now(clock));
    set(row, terms);
    return transaction
        .sql()
        .insertInto(QUOTA_PLAN)
        .set(row)
        .onConflict(QUOTA_PLAN.CODE)
        .doNothing()
        .returning()
        .fetchOptional(StoredQuotaPlans::plan)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.CONFLICT, "code: " + code + " (expected: not yet used by a plan)"));
  }

  @Override
  public QuotaPlan change(Transaction transaction, long id, Terms terms) {
    check(terms);
    QuotaPlanRecord row = lock(transaction, id);
    set(row, terms);
    int _ = row.update();
    return plan(row);
  }

  @Override
  public QuotaPlan setActive(Transaction transaction, long id, boolean active) {
    QuotaPlanRecord row = lock(transaction, id);
    if (row.getActive() != active) {
      row.setActive(active);
      row.setUpdatedAt(InputChecks.now(clock));
      int _ = row.update();
    }
    return plan(row);
  }

  @Override
  public void assign(Transaction transaction, TenantId tenant, Optional<Long> plan) {
    plan.ifPresent(
        id -> {
          if (!lock(transaction, id).getActive()) {
            throw new Refusal(ErrorCode.CONFLICT, "plan_id: " + id + " (expected: one that is on)");
          }
        });
    int changed =
        transaction
            .sql()
            .update(TENANT)
            .set(TENANT.QUOTA_PLAN_ID, plan.orElse(null))
            .where(TENANT.ID.eq(tenant.value()))
            .execute();
    if (changed == 0) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + tenant);
    }
  }

  @Override
  public Optional<QuotaPlan> planOf(Transaction transaction, TenantId tenant) {
    return transaction
        .sql()
        .select(QUOTA_PLAN.fields())
        .from(TENANT)
        .join(QUOTA_PLAN)
        .on(QUOTA_PLAN.ID.eq(TENANT.QUOTA_PLAN_ID))
        .where(TENANT.ID.eq(tenant.value()))
        .fetchOptionalInto(QuotaPlanRecord.class)
        .map(StoredQuotaPlans::plan);
  }

  @Override
  public void requireRoom(
      Transaction transaction, TenantId tenant, PlanLimit limit, LongSupplier there) {
    Optional<QuotaPlan> plan = planOf(transaction, tenant);
    OptionalLong max = plan.map(each -> each.limits().of(limit)).orElse(OptionalLong.empty());
    if (max.isEmpty()) {
      return;
    }
    // those who make one of something of a limited tenant do so one after the other
    var _ =
        transaction
            .sql()
            .select(TENANT.ID)
            .from(TENANT)
            .where(TENANT.ID.eq(tenant.value()))
            .forNoKeyUpdate()
            .fetchOptional();
    if (there.getAsLong() >= max.getAsLong()) {
      throw new Refusal(
          ErrorCode.PLAN_LIMIT,
          "the tenant's plan allows "
              + max.getAsLong()
              + " "
              + limit.word()
              + ", and they are there");
    }
  }

  @Override
  public List<DayOfCalls> calls(
      Transaction transaction, TenantId tenant, LocalDate from, LocalDate to) {
    return transaction
        .sql()
        .select(MERCHANT_CALLS.STARTS_ON, MERCHANT_CALLS.CALLS)
        .from(MERCHANT_CALLS)
        .where(MERCHANT_CALLS.TENANT_ID.eq(tenant.value()))
        .and(MERCHANT_CALLS.PERIOD.eq(StoredMerchantAccess.DAY))
        .and(MERCHANT_CALLS.STARTS_ON.between(from, to))
        .orderBy(MERCHANT_CALLS.STARTS_ON)
        .fetch(row -> new DayOfCalls(row.value1(), row.value2()));
  }

  @Override
  public CallsNow callsNow(Transaction transaction, Tenant tenant) {
    LocalDate today = clock.instant().atZone(tenant.zone()).toLocalDate();
    return new CallsNow(
        today,
        calls(transaction, tenant.id(), StoredMerchantAccess.DAY, today),
        calls(transaction, tenant.id(), StoredMerchantAccess.MONTH, today.withDayOfMonth(1)));
  }

  private static long calls(
      Transaction transaction, TenantId tenant, String period, LocalDate startsOn) {
    return transaction
        .sql()
        .select(MERCHANT_CALLS.CALLS)
        .from(MERCHANT_CALLS)
        .where(MERCHANT_CALLS.TENANT_ID.eq(tenant.value()))
        .and(MERCHANT_CALLS.PERIOD.eq(period))
        .and(MERCHANT_CALLS.STARTS_ON.eq(startsOn))
        .fetchOptional(MERCHANT_CALLS.CALLS)
        .orElse(0L);
  }

  private static QuotaPlanRecord lock(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(QUOTA_PLAN)
        .where(QUOTA_PLAN.ID.eq(id))
        .forUpdate()
        .fetchOptional()
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no plan " + id));
  }

  private void set(QuotaPlanRecord row, Terms terms) {
    row.setName(terms.name());
    row.setApiCallsDaily(stored(terms.limits().apiCallsDaily()));
    row.setApiCallsMonthly(stored(terms.limits().apiCallsMonthly()));
    row.setMaxUsers(stored(terms.limits().maxUsers()));
    row.setMaxStrategies(stored(terms.limits().maxStrategies()));
    row.setMaxExchangeAccounts(stored(terms.limits().maxExchangeAccounts()));
    row.setFee(terms.fee());
    row.setUpdatedAt(InputChecks.now(clock));
  }

  private static void check(Terms terms) {
    var _ = InputChecks.name("name", terms.name(), 64);
    QuotaPlan.Limits limits = terms.limits();
    check("api_calls_daily", limits.apiCallsDaily());
    check("api_calls_monthly", limits.apiCallsMonthly());
    check("max_users", limits.maxUsers());
    check("max_strategies", limits.maxStrategies());
    check("max_exchange_accounts", limits.maxExchangeAccounts());
    BigDecimal fee = terms.fee();
    boolean fits =
        fee.precision() <= 64
            && Math.abs((long) fee.scale()) <= 64
            && fee.signum() >= 0
            && fee.compareTo(FEE_MAX) <= 0
            && fee.stripTrailingZeros().scale() <= FEE_SCALE;
    if (!fits) {
      throw GivenText.refused(
          "fee", fee.toString(), "0 to " + FEE_MAX.toPlainString() + ", at most 8 decimals");
    }
  }

  private static void check(String field, OptionalLong limit) {
    if (limit.isPresent() && (limit.getAsLong() < 0 || limit.getAsLong() > MAX)) {
      throw GivenText.refused(field, Long.toString(limit.getAsLong()), "0 to " + MAX + ", or none");
    }
  }

  private static @Nullable Long stored(OptionalLong limit) {
    return limit.isPresent() ? limit.getAsLong() : null;
  }

  private static OptionalLong limit(@Nullable Long stored) {
    return stored == null ? OptionalLong.empty() : OptionalLong.of(stored);
  }

  private static QuotaPlan plan(QuotaPlanRecord row) {
    BigDecimal fee = row.getFee().stripTrailingZeros();
    return new QuotaPlan(
        row.getId(),
        row.getCode(),
        row.getName(),
        new QuotaPlan.Limits(
            limit(row.getApiCallsDaily()),
            limit(row.getApiCallsMonthly()),
            limit(row.getMaxUsers()),
            limit(row.getMaxStrategies()),
            limit(row.getMaxExchangeAccounts())),
        fee.scale() < 0 ? fee.setScale(0) : fee,
        row.getActive());
  }

  private static long after(String cursor) {
    try {
      return Numerals.wholeNumber(cursor);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }
}
