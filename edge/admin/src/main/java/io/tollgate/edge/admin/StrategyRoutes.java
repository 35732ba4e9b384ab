package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.Strategies;
import io.tollgate.trading.engine.Strategies.StrategyFilter;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Json;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/strategies}: what the operator offers to tenants. */
final class StrategyRoutes implements Routes {
  private static final String PATH = "/api/strategies";
  private static final int USUAL_LIMIT = 100;

  private final Transactions transactions;
  private final Strategies strategies;
  private final AdminGate gate;
  private final AdminList<StrategyFilter, Strategy> list;

  StrategyRoutes(Transactions transactions, Strategies strategies, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.strategies = requireNonNull(strategies, "strategies is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.counted(
                PATH, StrategyRoutes::filter, strategies::list, StrategyRow.class, StrategyRow::of)
            .withLimit(USUAL_LIMIT);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    AdminPermission may = AdminPermission.TRADING;
    String one = PATH + "/{id}";
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.POST, PATH, errors, gate.guard(may, this::create));
    table.blocking(HttpMethod.GET, one, errors, gate.guard(this::show));
    table.blocking(HttpMethod.PUT, one, errors, gate.guard(may, this::change));
    // older clients change by POST too
    table.blocking(HttpMethod.POST, one, errors, gate.guard(may, this::change));
    table.blocking(HttpMethod.DELETE, one, errors, gate.guard(may, this::delete));
    table.blocking(HttpMethod.PATCH, one + "/toggle", errors, gate.guard(may, this::toggle));
  }

  private static StrategyFilter filter(Filters filters) {
    return new StrategyFilter(filters.tenant(), filters.either("status"));
  }

  private Response create(Request request) {
    Strategy.Sheet sheet = StrategyBody.fresh(JsonFields.of(request.json()));
    return answer(transactions.write(transaction -> strategies.create(transaction, sheet)));
  }

  private Response show(Request request) {
    long id = id(request);
    return answer(
        transactions
            .read(transaction -> strategies.find(transaction, id))
            .orElseThrow(() -> unknown(request)));
  }

  private Response change(Request request) {
    StrategyBody change = StrategyBody.change(JsonFields.of(request.json()));
    long id = id(request);
    return answer(transactions.write(transaction -> strategies.change(transaction, id, change)));
  }

  private Response delete(Request request) {
    long id = id(request);
    return answer(transactions.write(transaction -> strategies.delete(transaction, id)));
  }

  private Response toggle(Request request) {
    Optional<Boolean> wanted =
        request.body().length == 0
            ? Optional.empty()
            : TradingFields.oneOrZero(JsonFields.of(request.json()), "status");
    long id = id(request);
    Strategy after =
        transactions.write(
            transaction ->
                strategies.change(
                    transaction, id, now -> now.withActive(wanted.orElse(!now.active()))));
    return Response.json(
        200,
        new Toggled(
            true,
            TradingFields.shown(after.active()),
            "strategy " + after.terms().code() + " is " + (after.active() ? "on" : "off")));
  }

  private static Response answer(Strategy strategy) {
    return AnswerEnvelope.of(StrategyRow.of(strategy));
  }

  private static long id(Request request) {
    return PathId.of(request, "id", id -> id).orElseThrow(() -> unknown(request));
  }

  private static Refusal unknown(Request request) {
    return new Refusal(
        ErrorCode.NOT_FOUND, "there is no strategy " + GivenText.shown(request.pathParam("id")));
  }

  private record Toggled(boolean success, int status, String message) {}

  /**
   * A strategy as it is listed.
   *
   * @param symbols those it trades; its one where it lists none
   * @param exchange null: any
   * @param amountUsdt notional of one trade, leverage included
   * @param config its parameters
   */
  private record StrategyRow(
      long id,
      String code,
      String name,
      String description,
      String symbol,
      List<String> symbols,
      String timeframe,
      @Nullable String exchange,
      String marketType,
      BigDecimal minCapital,
      int riskLevel,
      BigDecimal capital,
      int leverage,
      int riskMode,
      String riskModeLabel,
      BigDecimal amountUsdt,
      int minConfidence,
      int cooldownMinutes,
      JsonNode config,
      int status,
      int showToUser,
      String userDisplayName,
      String userDescription,
      Instant createdAt) {
    static StrategyRow of(Strategy strategy) {
      Strategy.Terms terms = strategy.terms();
      Strategy.Rules rules = strategy.sheet().rules();
      Strategy.Display display = strategy.sheet().display();
      return new StrategyRow(
          strategy.id(),
          terms.code(),
          terms.name(),
          terms.description(),
          terms.symbol(),
          strategy.symbols(),
          terms.timeframe(),
          terms.exchange().map(Exchange::code).orElse(null),
          rules.market().code(),
          terms.minCapital(),
          rules.riskLevel(),
          terms.capital(),
          terms.leverage(),
          terms.riskMode().number(),
          terms.riskMode().label(),
          strategy.amountUsdt(),
          rules.minConfidence(),
          rules.cooldownMinutes(),
          Json.MAPPER.readTree(rules.config()),
          TradingFields.shown(strategy.active()),
          TradingFields.shown(display.shown()),
          display.name(),
          display.description(),
          strategy.createdAt());
    }
  }
}
