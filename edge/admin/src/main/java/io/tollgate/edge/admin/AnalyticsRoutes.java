package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.analytics.RiskFigures;
import io.tollgate.trading.engine.analytics.TradeFigures;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;

/** {@code POST /api/analytics/evaluate}: what a course and trades that are sent come to. */
final class AnalyticsRoutes implements Routes {
  private final AdminGate gate;

  AnalyticsRoutes(AdminGate gate) {
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.POST,
        "/api/analytics/evaluate",
        ErrorForms.admin(),
        gate.guardQuestion(AdminPermission.READ, AnalyticsRoutes::evaluate));
  }

  private static Response evaluate(Request request) {
    EvaluatedBody body = EvaluatedBody.of(JsonFields.of(request.json()));
    return AnswerEnvelope.of(
        FiguresShown.of(RiskFigures.of(body.points()), TradeFigures.of(body.trades())));
  }
}
