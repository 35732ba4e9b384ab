package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.SignalNotices;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.EventBody;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The signal monitor's state as it changes, and its notices. Any number of open pages costs a few
 * readings a second. A stream ends after ten minutes, and its page opens the next one.
 */
final class MonitorStream implements Routes {
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final long BEATS = Duration.ofSeconds(15).dividedBy(EVERY);
  private static final long LONGEST = Duration.ofMinutes(10).dividedBy(EVERY);
  private static final int STREAMS_MAX = 64;
  private static final int NOTICES_WAITING = 100;
  private static final String ALL = "all";

  private final String under;
  private final MonitorReads reads;
  private final SignalNotices notices;
  private final AdminGate gate;
  private final InstantSource clock;
  private final Semaphore open = new Semaphore(STREAMS_MAX);
  private final Cache<String, MonitorRows.StatusShown> states;

  /**
   * @param under where its path is
   * @param ticker by which the age of a state is measured
   */
  MonitorStream(
      String under,
      MonitorReads reads,
      SignalNotices notices,
      AdminGate gate,
      InstantSource clock,
      Ticker ticker) {
    this.under = requireNonNull(under, "under is null");
    this.reads = requireNonNull(reads, "reads is null");
    this.notices = requireNonNull(notices, "notices is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.states =
        Caffeine.newBuilder()
            .expireAfterWrite(EVERY.dividedBy(2))
            .maximumSize(1)
            .ticker(ticker)
            .build();
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(HttpMethod.GET, under + "/stream", ErrorForms.admin(), gate.guard(this::stream));
  }

  private Response stream(Request request) {
    if (!gate.lets(request)) {
      var unused = gate.requireOfStream(request);
    }
    MonitorRows.StatusShown first = read();
    if (!open.tryAcquire()) {
      throw new Refusal(ErrorCode.UNAVAILABLE, "too many streams are open")
          .withRetryAfter(Duration.ofSeconds(15));
    }
    return Response.events(
        events -> {
          try {
            tell(request, first, events);
          } finally {
            open.release();
          }
        });
  }

  private void tell(Request request, MonitorRows.StatusShown first, EventBody.Events events)
      throws Exception {
    BlockingQueue<String> waiting = new ArrayBlockingQueue<>(NOTICES_WAITING);
    // a page that does not read its notices loses the newest of them
    try (AutoCloseable _ = notices.listen(waiting::offer)) {
      MonitorRows.StatusShown told = first;
      events.tell("status", told);
      for (long look = 1; look <= LONGEST; look++) {
        for (@Nullable String notice = waiting.poll(EVERY.toMillis(), TimeUnit.MILLISECONDS);
            notice != null;
            notice = waiting.poll()) {
          events.tell("notice", Map.of("message", notice, "at", clock.instant()));
        }
        if (look % BEATS == 0) {
          // a session that has ended ends its stream
          if (!gate.lets(request)) {
            var unused = gate.require(request);
          }
          events.tell("heartbeat", Map.of("at", clock.instant()));
        }
        MonitorRows.StatusShown now = read();
        if (!now.equals(told)) {
          told = now;
          events.tell("status", told);
        }
      }
    }
  }

  private MonitorRows.StatusShown read() {
    return states.get(ALL, _ -> reads.status());
  }
}
