package io.tollgate.web;

import io.tollgate.telemetry.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;

/** {@code GET /metrics} in the Prometheus text format. For private ports only. */
public final class MetricsRoutes implements Routes {
  private final Metrics metrics;

  public MetricsRoutes(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.GET,
        "/metrics",
        ErrorForms.standard(),
        request ->
            Response.text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
  }
}
