package io.tollgate.web;

import io.tollgate.telemetry.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;

/**
 * {@code GET /metrics}: OpenMetrics with exemplars for whoever accepts it, else the Prometheus text
 * format. For private ports only.
 */
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
        request -> {
          String accepted = request.header("Accept").orElse("");
          return accepted.contains("application/openmetrics-text")
              ? Response.text(200, Metrics.OPEN_METRICS, metrics.scrapeOpenMetrics())
              : Response.text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
        });
  }
}
