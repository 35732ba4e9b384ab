package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.tollgate.ground.TenantId;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code /api/dashboard}: how the business stands now, and day by day. What was read is shown to
 * everybody for a minute, so that any number of open pages costs one reading; who asks meanwhile
 * waits for it.
 */
final class DashboardRoutes implements Routes {
  private static final String PATH = "/api/dashboard";
  private static final Duration KEPT = Duration.ofSeconds(60);
  private static final int KEPT_MAX = 1_000;
  private static final int DAYS_MIN = 7;
  private static final int DAYS_MAX = 90;
  private static final int DAYS = 30;

  private final DashboardReads reads;
  private final AdminGate gate;
  private final Cache<Optional<TenantId>, DashboardSummary> summaries;
  private final Cache<Span, Trends> trends;

  private record Span(Optional<TenantId> tenant, int days) {}

  private record Trends(List<DashboardDay> days, Instant generatedAt, boolean cached) {}

  /**
   * @param ticker by which a minute is measured
   */
  DashboardRoutes(DashboardReads reads, AdminGate gate, Ticker ticker) {
    this.reads = requireNonNull(reads, "reads is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.summaries =
        Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(KEPT_MAX).ticker(ticker).build();
    this.trends =
        Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(KEPT_MAX).ticker(ticker).build();
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, PATH + "/summary", errors, gate.guard(this::summary));
    table.blocking(HttpMethod.GET, PATH + "/trends", errors, gate.guard(this::trends));
  }

  private Response summary(Request request) {
    Optional<TenantId> tenant = new Filters(request).tenant();
    boolean[] fresh = new boolean[1];
    DashboardSummary summary =
        summaries.get(
            tenant,
            of -> {
              fresh[0] = true;
              return reads.summary(of);
            });
    return AnswerEnvelope.of(fresh[0] ? summary : summary.fromCache());
  }

  private Response trends(Request request) {
    Filters filters = new Filters(request);
    Span span = new Span(filters.tenant(), days(filters));
    boolean[] fresh = new boolean[1];
    Trends found =
        trends.get(
            span,
            of -> {
              fresh[0] = true;
              return new Trends(
                  reads.trends(of.tenant(), of.days()), reads.clock().instant(), false);
            });
    return AnswerEnvelope.of(
        fresh[0] ? found : new Trends(found.days(), found.generatedAt(), true));
  }

  private static int days(Filters filters) {
    OptionalLong given = filters.number("days", DAYS_MAX);
    if (given.isPresent() && given.getAsLong() < DAYS_MIN) {
      throw Filters.refusal(
          "days",
          Long.toString(given.getAsLong()),
          "a whole number from " + DAYS_MIN + " to " + DAYS_MAX);
    }
    return (int) given.orElse(DAYS);
  }
}
