package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.Plan;
import io.tollgate.billing.PlanOrder;
import io.tollgate.billing.PlanPeriod;
import io.tollgate.billing.Plans;
import io.tollgate.data.Transactions;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.KeyRates;
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
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/plans}: what users can subscribe to. */
final class PlanRoutes implements Routes {
  private static final String PATH = "/api/plans";

  private final Transactions transactions;
  private final Plans plans;
  private final AdminList<Plans.Filter, Plan> list;
  private final AdminGate gate;

  PlanRoutes(Transactions transactions, Plans plans, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.plans = requireNonNull(plans, "plans is null");
    this.list = AdminList.counted(PATH, PlanRoutes::filter, plans::list, Row.class, Row::of);
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    list.declare(table, gate, transactions);
    table.blocking(
        HttpMethod.POST, PATH, errors, gate.guard(AdminPermission.SELLING, this::create));
    table.blocking(
        HttpMethod.PUT, PATH + "/{id}", errors, gate.guard(AdminPermission.SELLING, this::change));
    table.blocking(
        HttpMethod.PATCH,
        PATH + "/{id}/toggle",
        errors,
        gate.guard(AdminPermission.SELLING, this::toggle));
  }

  private static Plans.Filter filter(Filters filters) {
    return new Plans.Filter(filters.tenant(), filters.either("selling"));
  }

  private Response create(Request request) {
    JsonFields body = JsonFields.of(request.json());
    long tenant = MoneyFields.number(body, "tenant_id", 1, Long.MAX_VALUE);
    String code = body.requireText("code", "1 to 64 of a-z, 0-9, - and _");
    PlanOrder order = order(request.json());
    return AnswerEnvelope.of(
        Row.of(
            transactions.write(
                transaction -> plans.create(transaction, new TenantId(tenant), code, order))));
  }

  private Response change(Request request) {
    PlanOrder order = order(request.json());
    long id = MoneyFields.id(request, "plan");
    return AnswerEnvelope.of(
        Row.of(transactions.write(transaction -> plans.change(transaction, id, order))));
  }

  private Response toggle(Request request) {
    boolean selling = MoneyFields.flag(JsonFields.of(request.json()), "selling");
    long id = MoneyFields.id(request, "plan");
    return AnswerEnvelope.of(
        Row.of(transactions.write(transaction -> plans.sell(transaction, id, selling))));
  }

  private static PlanOrder order(JsonNode json) {
    JsonFields body = JsonFields.of(json);
    String unit = body.requireText("period_unit", "day or month");
    PlanPeriod.Unit found =
        PlanPeriod.Unit.find(unit)
            .orElseThrow(() -> GivenText.refused("period_unit", unit, "day or month"));
    return new PlanOrder(
        body.requireText("name", "1 to 100 characters"),
        body.requireDecimal("price", "a decimal number, 0 or more"),
        new PlanPeriod(
            found, (int) MoneyFields.number(body, "period_count", 1, PlanPeriod.COUNT_MAX)),
        MoneyFields.number(body, "tokens", 0, Long.MAX_VALUE),
        body.wholeNumber("window_days", 0, 366).orElse(0L).intValue(),
        new ApiKeyBody(json).access());
  }

  /**
   * A plan as it is listed.
   *
   * @param price of a period, whole units
   * @param windowDays 0: the period is one window
   * @param models null: all
   * @param requestsPerMinute of all keys of a subscriber together; null: whatever they may, as with
   *     the other two
   */
  private record Row(
      long id,
      long tenantId,
      String code,
      String name,
      BigDecimal price,
      String currency,
      String periodUnit,
      int periodCount,
      long tokens,
      int windowDays,
      @Nullable List<String> models,
      @Nullable Integer requestsPerMinute,
      @Nullable Long tokensPerMinute,
      @Nullable Integer concurrentMax,
      boolean selling,
      long subscribers,
      Instant createdAt,
      Instant updatedAt) {
    static Row of(Plan plan) {
      List<String> models = plan.access().models().patterns();
      KeyRates rates = plan.access().rates();
      return new Row(
          plan.id(),
          plan.tenant().value(),
          plan.code(),
          plan.name(),
          plan.price().toDecimal(),
          plan.price().asset().code(),
          plan.period().unit().code(),
          plan.period().count(),
          plan.tokens(),
          plan.windowDays(),
          models.isEmpty() ? null : models,
          rates.requestsPerMinute().isPresent() ? rates.requestsPerMinute().getAsInt() : null,
          rates.tokensPerMinute().isPresent() ? rates.tokensPerMinute().getAsLong() : null,
          rates.concurrent().isPresent() ? rates.concurrent().getAsInt() : null,
          plan.selling(),
          plan.subscribers(),
          plan.createdAt(),
          plan.updatedAt());
    }
  }
}
