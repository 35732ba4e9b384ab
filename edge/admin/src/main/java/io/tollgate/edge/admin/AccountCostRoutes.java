package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.AccountCosts;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.AccountCost;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** {@code GET /api/account-costs/{id}/daily}: what a provider account has cost, day by day. */
final class AccountCostRoutes implements Routes {
  private static final String USD = "USD";

  private final AccountCosts costs;
  private final AdminGate gate;

  AccountCostRoutes(AccountCosts costs, AdminGate gate) {
    this.costs = requireNonNull(costs, "costs is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  /** One day (UTC). */
  private record Day(LocalDate date, String currency, BigDecimal totalCost, long requests) {}

  /**
   * An account's costs.
   *
   * @param totalCost of all time, USD
   * @param requests of all time
   * @param days the latest first
   */
  private record Daily(
      long accountId, String currency, BigDecimal totalCost, long requests, List<Day> days) {}

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.GET,
        "/api/account-costs/{id}/daily",
        ErrorForms.admin(),
        gate.guard(this::daily));
  }

  private Response daily(Request request) {
    long account = id(request.pathParam("id"));
    int days =
        (int)
            new Filters(request)
                .number("days", AccountCosts.MAX_DAYS)
                .orElse(AccountCosts.MAX_DAYS);
    AccountCost total =
        requireNonNull(costs.summaries(List.of(account)).get(account), "no summary").total();
    return AnswerEnvelope.of(
        new Daily(
            account,
            USD,
            total.usd(),
            total.requests(),
            costs.daily(account, days).stream()
                .map(cost -> new Day(cost.day().orElseThrow(), USD, cost.usd(), cost.requests()))
                .toList()));
  }

  private static long id(String text) {
    try {
      long id = Numerals.wholeNumber(text);
      if (id > 0) {
        return id;
      }
    } catch (NumberFormatException _) {
      // falls through to the one answer below
    }
    throw new Refusal(ErrorCode.NOT_FOUND, "there is no account " + GivenText.shown(text));
  }
}
