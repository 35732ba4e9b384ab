package io.tollgate.app;

import io.tollgate.contracts.ApiDescription;
import io.tollgate.web.AnswerSender;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;

/** {@code GET /openapi.yaml}: the description of everything that is served. */
final class OpenApiRoutes implements Routes {
  private final Response description =
      Response.text(200, "application/yaml", ApiDescription.yaml());

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.stream(
        HttpMethod.GET,
        "/openapi.yaml",
        ErrorForms.standard(),
        (context, request) -> AnswerSender.send(request, description));
  }
}
