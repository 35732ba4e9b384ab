package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.QuotaPlan;
import io.tollgate.identity.QuotaPlans;
import io.tollgate.identity.QuotaPlans.CallsNow;
import io.tollgate.identity.QuotaPlans.DayOfCalls;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/quota-plans}: how much tenants may have; {@code /api/quota-usage/{tenant_id}}: what
 * one has used; {@code /api/tenants/{id}/assign-plan}.
 */
final class QuotaPlanRoutes implements Routes {
  private static final String PATH = "/api/quota-plans";
  private static final String MONEY = "a number, 0 or more";
  private static final String NAME = "1 to 64 characters";

  /** As list prices are. */
  private static final String FEE_CURRENCY = "USD";

  private static final int DAYS = 30;
  private static final int DAYS_MAX = 90;

  private final Transactions transactions;
  private final QuotaPlans plans;
  private final Tenants tenants;
  private final AdminGate gate;
  private final AdminList<Optional<Boolean>, QuotaPlan> list;

  QuotaPlanRoutes(Transactions transactions, QuotaPlans plans, Tenants tenants, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.plans = requireNonNull(plans, "plans is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.counted(
            PATH, filters -> filters.either("active"), plans::list, PlanRow.class, PlanRow::of);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    AdminPermission may = AdminPermission.TENANTS;
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.POST, PATH, errors, gate.guard(may, this::create));
    table.blocking(HttpMethod.PUT, PATH + "/{id}", errors, gate.guard(may, this::change));
    table.blocking(HttpMethod.PATCH, PATH + "/{id}/toggle", errors, gate.guard(may, this::toggle));
    table.blocking(HttpMethod.GET, "/api/quota-usage/{tenant_id}", errors, gate.guard(this::usage));
    table.blocking(
        HttpMethod.POST, "/api/tenants/{id}/assign-plan", errors, gate.guard(may, this::assign));
  }

  private Response create(Request request) {
    JsonFields body = JsonFields.of(request.json());
    String code = body.requireText("code", "1 to 32 of a-z, 0-9, - and _");
    QuotaPlans.Terms terms =
        new QuotaPlans.Terms(
            body.requireText("name", NAME),
            limits(body, QuotaPlan.Limits.NONE),
            body.decimal("fee", MONEY).orElse(BigDecimal.ZERO));
    return AnswerEnvelope.of(
        PlanRow.of(transactions.write(transaction -> plans.create(transaction, code, terms))));
  }

  /** What is not named stays; a limit is taken away by null. */
  private Response change(Request request) {
    JsonFields body = JsonFields.of(request.json());
    // what is wrong with the body is told of whether there is such a plan or not
    Optional<String> name = body.text("name", NAME);
    name.filter(each -> each.isBlank() || each.chars().anyMatch(Character::isISOControl))
        .ifPresent(
            each -> {
              throw GivenText.refused("name", each, NAME);
            });
    Optional<BigDecimal> fee = body.decimal("fee", MONEY);
    var _ = limits(body, QuotaPlan.Limits.NONE);
    long id = MoneyFields.id(request, "quota plan");
    return AnswerEnvelope.of(
        PlanRow.of(
            transactions.write(
                transaction -> {
                  QuotaPlan now =
                      plans.find(transaction, id).orElseThrow(() -> unknownPlan(request));
                  return plans.change(
                      transaction,
                      id,
                      new QuotaPlans.Terms(
                          name.orElse(now.name()),
                          limits(body, now.limits()),
                          fee.orElse(now.fee())));
                })));
  }

  private static QuotaPlan.Limits limits(JsonFields body, QuotaPlan.Limits now) {
    return new QuotaPlan.Limits(
        limit(body, "api_calls_daily", now.apiCallsDaily()),
        limit(body, "api_calls_monthly", now.apiCallsMonthly()),
        limit(body, "max_users", now.maxUsers()),
        limit(body, "max_strategies", now.maxStrategies()),
        limit(body, "max_exchange_accounts", now.maxExchangeAccounts()));
  }

  private static OptionalLong limit(JsonFields body, String name, OptionalLong now) {
    if (!body.names(name)) {
      return now;
    }
    Optional<Long> given = body.wholeNumber(name, 0, Long.MAX_VALUE);
    return given.isPresent() ? OptionalLong.of(given.get()) : OptionalLong.empty();
  }

  private Response toggle(Request request) {
    Optional<Boolean> wanted =
        request.body().length == 0
            ? Optional.empty()
            : JsonLists.flag(JsonFields.of(request.json()), "active");
    long id = MoneyFields.id(request, "quota plan");
    return AnswerEnvelope.of(
        PlanRow.of(
            transactions.write(
                transaction -> {
                  boolean before =
                      plans.find(transaction, id).orElseThrow(() -> unknownPlan(request)).active();
                  return plans.setActive(transaction, id, wanted.orElse(!before));
                })));
  }

  private Response assign(Request request) {
    JsonFields body = JsonFields.of(request.json());
    if (!body.names("plan_id")) {
      throw JsonFields.missing("plan_id", "a whole number from 1, or null for no plan");
    }
    Optional<Long> plan = body.wholeNumber("plan_id", 1, Long.MAX_VALUE);
    TenantId tenant =
        PathId.of(request, "id", TenantId::new).orElseThrow(() -> unknownTenant(request, "id"));
    return AnswerEnvelope.of(
        transactions.write(
            transaction -> {
              plans.assign(transaction, tenant, plan);
              return usage(transaction, find(transaction, request, "id"), DAYS);
            }));
  }

  private Response usage(Request request) {
    int days = (int) new Filters(request).number("days", DAYS_MAX).orElse(DAYS);
    return AnswerEnvelope.of(
        transactions.read(
            transaction -> usage(transaction, find(transaction, request, "tenant_id"), days)));
  }

  private UsageShown usage(Transaction transaction, Tenant tenant, int days) {
    CallsNow now = plans.callsNow(transaction, tenant);
    return new UsageShown(
        tenant.id().value(),
        plans.planOf(transaction, tenant.id()).map(PlanRow::of).orElse(null),
        now.day(),
        now.today(),
        now.thisMonth(),
        plans.calls(transaction, tenant.id(), now.day().minusDays(days - 1L), now.day()).stream()
            .map(DayShown::of)
            .toList());
  }

  private Tenant find(Transaction transaction, Request request, String name) {
    return PathId.of(request, name, TenantId::new)
        .flatMap(id -> tenants.find(transaction, id))
        .orElseThrow(() -> unknownTenant(request, name));
  }

  private static Refusal unknownTenant(Request request, String name) {
    return new Refusal(
        ErrorCode.NOT_FOUND, "there is no tenant " + GivenText.shown(request.pathParam(name)));
  }

  private static Refusal unknownPlan(Request request) {
    return new Refusal(
        ErrorCode.NOT_FOUND, "there is no quota plan " + GivenText.shown(request.pathParam("id")));
  }

  /**
   * A plan; what is null has no limit.
   *
   * @param fee shown, and charged by nobody
   * @param status 1: tenants are put on it; 0: off
   */
  private record PlanRow(
      long id,
      String code,
      String name,
      @Nullable Long apiCallsDaily,
      @Nullable Long apiCallsMonthly,
      @Nullable Long maxUsers,
      @Nullable Long maxStrategies,
      @Nullable Long maxExchangeAccounts,
      String currency,
      BigDecimal fee,
      int status,
      boolean active) {
    static PlanRow of(QuotaPlan plan) {
      QuotaPlan.Limits limits = plan.limits();
      return new PlanRow(
          plan.id(),
          plan.code(),
          plan.name(),
          shown(limits.apiCallsDaily()),
          shown(limits.apiCallsMonthly()),
          shown(limits.maxUsers()),
          shown(limits.maxStrategies()),
          shown(limits.maxExchangeAccounts()),
          FEE_CURRENCY,
          plan.fee(),
          plan.active() ? 1 : 0,
          plan.active());
    }

    private static @Nullable Long shown(OptionalLong limit) {
      return limit.isPresent() ? Long.valueOf(limit.getAsLong()) : null;
    }
  }

  private record DayShown(LocalDate day, long calls) {
    static DayShown of(DayOfCalls day) {
      return new DayShown(day.day(), day.calls());
    }
  }

  /**
   * What a tenant has used of its plan.
   *
   * @param plan null: none, so nothing is limited
   * @param day the present one in the tenant's zone
   * @param days those on which there were calls
   */
  private record UsageShown(
      long tenantId,
      @Nullable PlanRow plan,
      LocalDate day,
      long callsToday,
      long callsThisMonth,
      List<DayShown> days) {}
}
