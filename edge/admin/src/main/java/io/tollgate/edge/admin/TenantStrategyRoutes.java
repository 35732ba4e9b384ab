package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenants;
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.Strategies;
import io.tollgate.trading.engine.Strategies.TenantStrategyFilter;
import io.tollgate.trading.engine.TenantStrategy;
import io.tollgate.trading.engine.TenantStrategy.Terms;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** {@code /api/tenants/{tenant_id}/tenant-strategies}: what is open to a tenant, on its terms. */
final class TenantStrategyRoutes implements Routes {
  private static final String PATH = "/api/tenants/{tenant_id}/tenant-strategies";

  /** Older clients read all of them at once. */
  private static final int USUAL_LIMIT = 500;

  private final Transactions transactions;
  private final Tenants tenants;
  private final Strategies strategies;
  private final AdminGate gate;
  private final AdminList<TenantStrategyFilter, TenantStrategy> list;

  TenantStrategyRoutes(
      Transactions transactions, Tenants tenants, Strategies strategies, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.strategies = requireNonNull(strategies, "strategies is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.within(
                PATH,
                this::filter,
                strategies::listOfTenant,
                Row.class,
                rows -> rows.stream().map(Row::of).toList())
            .withLimit(USUAL_LIMIT);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    AdminPermission may = AdminPermission.TRADING;
    String one = PATH + "/{id}";
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.POST, PATH, errors, gate.guard(may, this::open));
    table.blocking(HttpMethod.PUT, one, errors, gate.guard(may, this::change));
    table.blocking(HttpMethod.DELETE, one, errors, gate.guard(may, this::close));
    table.blocking(
        HttpMethod.POST, one + "/copy-from-master", errors, gate.guard(may, this::copyFromMaster));
  }

  private TenantStrategyFilter filter(Request request, Filters filters) {
    Optional<Boolean> active = filters.either("status");
    return new TenantStrategyFilter(tenant(request), active);
  }

  /** What is not named is the strategy's own, unless nothing is to be taken over. */
  private Response open(Request request) {
    JsonFields body = JsonFields.of(request.json());
    long strategy = MoneyFields.number(body, "strategy_id", 1, Long.MAX_VALUE);
    boolean copies = TradingFields.oneOrZero(body, "copy_from_master").orElse(true);
    Change change = Change.of(body);
    TenantId tenant = tenant(request);
    return AnswerEnvelope.of(
        Row.of(
            transactions.write(
                transaction ->
                    strategies.open(
                        transaction,
                        tenant,
                        strategy,
                        copied -> change.apply(copies ? copied : Terms.usual())))));
  }

  private Response change(Request request) {
    Change change = Change.of(JsonFields.of(request.json()));
    TenantId tenant = tenant(request);
    long id = id(request);
    return AnswerEnvelope.of(
        Row.of(
            transactions.write(
                transaction -> strategies.changeOfTenant(transaction, tenant, id, change))));
  }

  private Response close(Request request) {
    TenantId tenant = tenant(request);
    long id = id(request);
    return AnswerEnvelope.of(
        Row.of(
            transactions.write(transaction -> strategies.closeToTenant(transaction, tenant, id))));
  }

  private Response copyFromMaster(Request request) {
    TenantId tenant = tenant(request);
    long id = id(request);
    return AnswerEnvelope.of(
        Row.of(
            transactions.write(transaction -> strategies.copyFromMaster(transaction, tenant, id))));
  }

  private TenantId tenant(Request request) {
    return PathId.of(request, "tenant_id", TenantId::new)
        .filter(id -> transactions.read(transaction -> tenants.find(transaction, id)).isPresent())
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.NOT_FOUND,
                    "there is no tenant " + GivenText.shown(request.pathParam("tenant_id"))));
  }

  private static long id(Request request) {
    return PathId.of(request, "id", id -> id)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.NOT_FOUND,
                    "the tenant has no strategy " + GivenText.shown(request.pathParam("id"))));
  }

  /** What a body says; what it does not name stays. */
  private record Change(
      Optional<String> displayName,
      Optional<String> displayDescription,
      Optional<BigDecimal> capital,
      OptionalInt leverage,
      Optional<RiskMode> riskMode,
      Optional<Boolean> riskBasedSizing,
      Optional<BigDecimal> maxLossPerTrade,
      Optional<BigDecimal> minCapital,
      Optional<Boolean> active,
      OptionalInt sortOrder)
      implements UnaryOperator<Terms> {
    static Change of(JsonFields body) {
      Change change =
          new Change(
              body.text("display_name", "at most 100 characters"),
              body.text("display_description", "at most 2000 characters"),
              TradingFields.usdt(body, "capital"),
              TradingFields.whole(body, "leverage", 1, 125),
              TradingFields.riskMode(body),
              TradingFields.oneOrZero(body, "risk_based_sizing"),
              TradingFields.usdt(body, "max_loss_per_trade"),
              TradingFields.usdt(body, "min_capital"),
              TradingFields.oneOrZero(body, "status"),
              TradingFields.whole(body, "sort_order", -1_000_000, 1_000_000));
      // what is wrong with it is told whatever it is a change of
      Terms _ = change.apply(Terms.usual()).checked();
      return change;
    }

    @Override
    public Terms apply(Terms now) {
      return new Terms(
          displayName.orElse(now.displayName()),
          displayDescription.orElse(now.displayDescription()),
          capital.orElse(now.capital()),
          leverage.orElse(now.leverage()),
          riskMode.orElse(now.riskMode()),
          riskBasedSizing.orElse(now.riskBasedSizing()),
          maxLossPerTrade.orElse(now.maxLossPerTrade()),
          minCapital.orElse(now.minCapital()),
          active.orElse(now.active()),
          sortOrder.orElse(now.sortOrder()));
    }
  }

  /**
   * A tenant's strategy as it is listed.
   *
   * @param displayName the tenant's own; empty: the strategy's
   * @param displayDescription likewise
   */
  private record Row(
      long id,
      long tenantId,
      long strategyId,
      String strategyCode,
      String strategyName,
      String displayName,
      String displayDescription,
      BigDecimal capital,
      int leverage,
      int riskMode,
      String riskModeLabel,
      BigDecimal amountUsdt,
      boolean riskBasedSizing,
      BigDecimal maxLossPerTrade,
      BigDecimal minCapital,
      int status,
      int sortOrder,
      Instant createdAt) {
    static Row of(TenantStrategy strategy) {
      Terms terms = strategy.terms();
      return new Row(
          strategy.id(),
          strategy.tenant().value(),
          strategy.strategy().id(),
          strategy.strategy().terms().code(),
          strategy.strategy().terms().name(),
          terms.displayName(),
          terms.displayDescription(),
          terms.capital(),
          terms.leverage(),
          terms.riskMode().number(),
          terms.riskMode().label(),
          strategy.amountUsdt(),
          terms.riskBasedSizing(),
          terms.maxLossPerTrade(),
          terms.minCapital(),
          TradingFields.shown(terms.active()),
          terms.sortOrder(),
          strategy.createdAt());
    }
  }
}
