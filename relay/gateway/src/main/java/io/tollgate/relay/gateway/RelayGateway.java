package io.tollgate.relay.gateway;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.RecurringJob;
import io.tollgate.ground.module.ReadinessCheck;
import io.tollgate.relay.gateway.internal.AnsweredRoute;
import io.tollgate.relay.gateway.internal.ChargedRoute;
import io.tollgate.relay.gateway.internal.KeptObjectRoute;
import io.tollgate.relay.gateway.internal.ModelsRoute;
import io.tollgate.relay.gateway.internal.OwnThingsRoute;
import io.tollgate.relay.gateway.internal.OwnThingsRoute.Asked;
import io.tollgate.relay.gateway.internal.RealtimeRoute;
import io.tollgate.relay.gateway.internal.http.ErrorResponse;
import io.tollgate.relay.gateway.internal.kept.DeferredWork;
import io.tollgate.relay.gateway.internal.kept.ProviderReads;
import io.tollgate.relay.gateway.internal.loop.LargeBodyThreads;
import io.tollgate.relay.gateway.internal.loop.LoopReadiness;
import io.tollgate.relay.gateway.internal.loop.MemoryBudget;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RelayMetrics;
import io.tollgate.relay.gateway.internal.loop.RunningRequests;
import io.tollgate.relay.gateway.internal.loop.SpoolFiles;
import io.tollgate.relay.gateway.internal.realtime.RealtimeMeters;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.FreeRoute;
import io.tollgate.relay.protocols.KeptRoute;
import io.tollgate.relay.protocols.Protocols;
import io.tollgate.relay.protocols.RealtimeProtocol;
import io.tollgate.relay.protocols.ThoughtMemory;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of the gateway: everything that callers of the protocols can ask for. Safe for use by
 * many threads.
 */
public final class RelayGateway implements Routes {
  private final RelayParts parts;
  private final MemoryBudget memory;
  private final SpoolFiles spools;
  private final RunningRequests running = new RunningRequests();
  private final LargeBodyThreads largeBodies =
      new LargeBodyThreads(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  private final LoopReadiness readiness = new LoopReadiness();
  private final RelayMetrics metrics;
  private final Protocols protocols;
  private final RealtimeMeters realtime;
  private final ProviderReads reads = new ProviderReads();
  private volatile RequestLog.OfLoops log = _ -> RequestLog.NOBODY;
  // one, however often it is asked for: what is shown is what it found
  private final Optional<DeferredWork> deferred;

  public RelayGateway(RelayParts parts) {
    this.parts = parts;
    memory = new MemoryBudget((long) parts.config().memoryMib() << 20);
    spools = SpoolFiles.open(parts.spoolFolder(), (long) parts.config().forms().diskMib() << 20);
    metrics = new RelayMetrics(parts.meters(), running, memory, spools);
    realtime = new RealtimeMeters(parts.meters(), parts.config().realtime().sessionsMax());
    ThoughtMemory thoughts = parts.config().thinking().memory(System::nanoTime);
    bind(parts.meters(), thoughts);
    protocols =
        new Protocols(parts.config().noMeansStatus(), parts.config().thinking().table(), thoughts);
    deferred = parts.kept().map(kept -> new DeferredWork(kept, parts, reads));
    deferred.ifPresent(work -> work.bind(parts.meters()));
  }

  @Override
  public void declare(RouteTable table, int index, Vertx vertx) {
    RelayLoop loop =
        new RelayLoop(
            index,
            vertx,
            parts,
            parts.clients().apply(vertx),
            protocols,
            memory,
            spools,
            metrics,
            running,
            largeBodies,
            log.join(index));
    readiness.add(loop);
    reads.add(loop);
    protocols.callersByPrefix().forEach((prefix, callers) -> declare(table, loop, prefix, callers));
    declareSessions(table, loop);
  }

  private void declareSessions(RouteTable table, RelayLoop loop) {
    WebSocketClient client = RealtimeRoute.client(loop);
    protocols
        .callersByPrefix()
        .forEach(
            (prefix, callers) -> {
              for (CallerProtocol caller : callers) {
                caller
                    .realtime()
                    .ifPresent(sessions -> declare(table, loop, prefix, caller, sessions, client));
              }
            });
  }

  private void declare(
      RouteTable table,
      RelayLoop loop,
      String prefix,
      CallerProtocol caller,
      RealtimeProtocol sessions,
      WebSocketClient client) {
    table.stream(
        HttpMethod.GET,
        prefix + sessions.path(),
        errors(caller),
        new RealtimeRoute(loop, caller, sessions, client, realtime));
    table.webSockets(sessions.subprotocol(), parts.config().realtime().frameBytes());
  }

  private void declare(
      RouteTable table, RelayLoop loop, String prefix, List<CallerProtocol> callers) {
    for (CallerProtocol caller : callers) {
      for (CallerRoute route : caller.routes()) {
        for (String path : route.paths()) {
          table.stream(
              HttpMethod.POST,
              prefix + path,
              errors(caller),
              new ChargedRoute(loop, caller, route));
          if (prefix.isEmpty()) {
            table.openToBrowsers(path);
          }
        }
      }
    }
    for (CallerProtocol caller : callers) {
      for (FreeRoute route : caller.freeRoutes()) {
        for (String path : route.paths()) {
          table.stream(
              HttpMethod.POST,
              prefix + path,
              errors(caller),
              new AnsweredRoute(loop, caller, route));
        }
      }
    }
    loop.parts().kept().ifPresent(kept -> declareKept(table, loop, prefix, callers, kept));
    if (prefix.isEmpty()) {
      // at the root stands what is not the relay's too: nothing but these paths is ours
      return;
    }
    // what is not told from a head any more is answered as the first of them does
    ErrorForm errors = errors(callers.getFirst());
    table.stream(HttpMethod.GET, prefix + "/models", errors, ModelsRoute.all(loop, callers));
    table.stream(
        HttpMethod.GET,
        prefix + "/models/{" + ModelsRoute.MODEL + "}",
        errors,
        ModelsRoute.one(loop, callers));
    table.fallback(prefix + "/", errors);
    table.openToBrowsers(prefix + "/");
  }

  private void declareOwn(
      RouteTable table, RelayLoop loop, String prefix, CallerProtocol caller, KeptParts kept) {
    Map<Asked, String> posted = Map.of(Asked.UPLOAD, "/files", Asked.BATCH, "/batches");
    Map<Asked, String> listed = Map.of(Asked.FILES, "/files", Asked.BATCHES, "/batches");
    posted.forEach(
        (asked, path) ->
            table.stream(
                HttpMethod.POST,
                prefix + path,
                errors(caller),
                new OwnThingsRoute(loop, caller, kept, reads, asked)));
    listed.forEach(
        (asked, path) ->
            table.stream(
                HttpMethod.GET,
                prefix + path,
                errors(caller),
                new OwnThingsRoute(loop, caller, kept, reads, asked)));
  }

  private void declareKept(
      RouteTable table,
      RelayLoop loop,
      String prefix,
      List<CallerProtocol> callers,
      KeptParts kept) {
    for (CallerProtocol caller : callers) {
      if (caller.keepsFiles()) {
        declareOwn(table, loop, prefix, caller, kept);
      }
      for (KeptRoute route : caller.keptRoutes()) {
        table.stream(
            HttpMethod.valueOf(route.method()),
            prefix + route.path(),
            errors(caller),
            new KeptObjectRoute(loop, caller, route, kept));
      }
    }
  }

  private static ErrorForm errors(CallerProtocol caller) {
    return (refusal, requestId) -> ErrorResponse.of(caller.error(refusal, requestId));
  }

  /** Who keeps the requests that are over; before routes are declared. */
  public void logTo(RequestLog.OfLoops logs) {
    log = logs;
  }

  /** Whether it can take requests; names what keeps it from it. */
  public ReadinessCheck readiness() {
    return new ReadinessCheck("relay", readiness::problem);
  }

  /** What is to be done from time to time, by one gateway at a time. */
  public List<RecurringJob> jobs() {
    return deferred.stream().map(DeferredWork::job).toList();
  }

  /** Requests that are not over: those whose caller hung up and that are still read on included. */
  public int running() {
    return running.count();
  }

  /**
   * Waits for the requests that run, those included whose caller is gone; for a clean stop, after
   * the servers stopped accepting. Blocking.
   *
   * @return whether none is left
   */
  public boolean awaitIdle(Duration max) throws InterruptedException {
    return running.awaitNone(max);
  }

  private static void bind(MeterRegistry meters, ThoughtMemory thoughts) {
    Gauge.builder("tollgate.relay.thoughts.bytes", thoughts, ThoughtMemory::bytes)
        .description("What is remembered of models' thoughts between requests.")
        .register(meters);
    FunctionCounter.builder("tollgate.relay.thoughts.found", thoughts, ThoughtMemory::found)
        .description("How often thoughts were put back into a request that named their call.")
        .register(meters);
    FunctionCounter.builder("tollgate.relay.thoughts.lost", thoughts, ThoughtMemory::lost)
        .description("How often there were none for a call.")
        .register(meters);
  }
}
