package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.EventBody;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * {@code GET /api/dashboard/stream}: today's figures as they change. Any number of open pages costs
 * a few readings a second. A stream ends after ten minutes, and its page opens the next one.
 */
final class LiveRoutes implements Routes {
  /** What happens is to be seen within a second, the way to the page included. */
  private static final Duration EVERY = Duration.ofMillis(400);

  private static final long BEATS = Duration.ofSeconds(15).dividedBy(EVERY);
  private static final long LONGEST = Duration.ofMinutes(10).dividedBy(EVERY);
  private static final int STREAMS_MAX = 64;
  private static final int KEPT_MAX = 1_000;

  private final DashboardReads reads;
  private final AdminGate gate;
  private final Semaphore open = new Semaphore(STREAMS_MAX);
  private final Cache<Optional<TenantId>, LiveFigures> figures;

  /**
   * @param ticker by which the age of figures is measured
   */
  LiveRoutes(DashboardReads reads, AdminGate gate, Ticker ticker) {
    this.reads = requireNonNull(reads, "reads is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.figures =
        Caffeine.newBuilder()
            .expireAfterWrite(EVERY.dividedBy(2))
            .maximumSize(KEPT_MAX)
            .ticker(ticker)
            .build();
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.GET, "/api/dashboard/stream", ErrorForms.admin(), gate.guard(this::stream));
  }

  private Response stream(Request request) {
    var unused = gate.requireOfStream(request);
    Optional<TenantId> tenant = new Filters(request).tenant();
    LiveFigures first = read(tenant);
    if (!open.tryAcquire()) {
      throw new Refusal(ErrorCode.UNAVAILABLE, "too many streams are open")
          .withRetryAfter(Duration.ofSeconds(15));
    }
    return Response.events(
        events -> {
          try {
            tell(request, tenant, first, events);
          } finally {
            open.release();
          }
        });
  }

  private void tell(
      Request request, Optional<TenantId> tenant, LiveFigures first, EventBody.Events events)
      throws InterruptedException {
    LiveFigures told = first;
    events.tell("figures", told);
    for (long look = 1; look <= LONGEST; look++) {
      Thread.sleep(EVERY);
      if (look % BEATS == 0) {
        // a session that has ended ends its stream
        var unused = gate.require(request);
        events.tell("heartbeat", Map.of("at", reads.clock().instant()));
      }
      LiveFigures now = read(tenant);
      if (!now.sameAs(told)) {
        told = now;
        events.tell("figures", told);
      }
    }
  }

  private LiveFigures read(Optional<TenantId> tenant) {
    return figures.get(tenant, reads::live);
  }
}
