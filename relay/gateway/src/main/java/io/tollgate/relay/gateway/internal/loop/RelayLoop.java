package io.tollgate.relay.gateway.internal.loop;

import io.tollgate.ground.PublicAddresses;
import io.tollgate.metering.Passages;
import io.tollgate.relay.accounts.AccountRouting;
import io.tollgate.relay.gateway.RelayConfig;
import io.tollgate.relay.gateway.RelayParts;
import io.tollgate.relay.gateway.RequestLog;
import io.tollgate.relay.gateway.internal.filter.FilterHooks;
import io.tollgate.relay.gateway.internal.provider.AccountCalls;
import io.tollgate.relay.protocols.Protocols;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What the requests of one event loop share. Made on that loop, and used on it only, but for
 * methods that say otherwise.
 */
public final class RelayLoop {
  private final Context context;
  private final Thread thread = Thread.currentThread();
  private final RelayParts parts;
  private final Passages passages;
  private final HttpClient client;
  private final AccountCalls calls;
  private final DeadlineWatch watch;
  private final MemoryBudget memory;
  private final SpoolFiles spools;
  private final RelayMetrics metrics;
  private final RunningRequests running;
  private final Protocols protocols;
  private final LargeBodyThreads largeBodies;
  private final FilterHooks filters;
  private final RequestLog log;
  // written on the loop, read by those who ask whether it can serve
  private final AtomicInteger inFlight = new AtomicInteger();

  public RelayLoop(
      int index,
      Vertx vertx,
      RelayParts parts,
      HttpClient client,
      Protocols protocols,
      MemoryBudget memory,
      SpoolFiles spools,
      RelayMetrics metrics,
      RunningRequests running,
      LargeBodyThreads largeBodies,
      RequestLog log) {
    this.context = vertx.getOrCreateContext();
    this.parts = parts;
    this.passages = parts.passages().join(index, task -> context.runOnContext(_ -> task.run()));
    this.client = client;
    this.calls = new AccountCalls(parts.config().connectionMs());
    this.watch = new DeadlineWatch(vertx);
    this.memory = memory;
    this.spools = spools;
    this.metrics = metrics;
    this.running = running;
    this.protocols = protocols;
    this.largeBodies = largeBodies;
    this.log = log;
    this.filters =
        new FilterHooks(
            vertx,
            client,
            PublicAddresses::isPublic,
            parts.ruled().filters().maxBytes(),
            parts.meters());
  }

  public FilterHooks filters() {
    return filters;
  }

  public RequestLog log() {
    return log;
  }

  public RelayParts parts() {
    return parts;
  }

  public Passages passages() {
    return passages;
  }

  public RelayConfig config() {
    return parts.config();
  }

  public AccountRouting routing() {
    return parts.routing();
  }

  public Vertx vertx() {
    return context.owner();
  }

  public HttpClient client() {
    return client;
  }

  public AccountCalls calls() {
    return calls;
  }

  public DeadlineWatch watch() {
    return watch;
  }

  MemoryBudget memory() {
    return memory;
  }

  public SpoolFiles spools() {
    return spools;
  }

  public Protocols protocols() {
    return protocols;
  }

  public LargeBodyThreads largeBodies() {
    return largeBodies;
  }

  public RelayMetrics metrics() {
    return metrics;
  }

  /** Whether all its places are taken. Safe on any thread. */
  public boolean full() {
    return inFlight.get() >= config().inFlightMax();
  }

  /** The time of day. */
  public Instant now() {
    return parts.clock().instant();
  }

  /** Runs something on this loop, after what runs now. Safe on any thread. */
  public void execute(Runnable task) {
    context.runOnContext(_ -> task.run());
  }

  /** A request begins, unless too many run already. */
  boolean tryBegin() {
    int before = inFlight.getPlain();
    if (before >= config().inFlightMax()) {
      return false;
    }
    inFlight.setRelease(before + 1);
    running.begin();
    return true;
  }

  /** A request that began is over, whatever became of it. */
  void end() {
    inFlight.setRelease(inFlight.getPlain() - 1);
    running.end();
  }

  /** Takes a stage's outcome on this loop: at once where it is there already, else by a hop. */
  <T> void take(CompletionStage<T> stage, Consumer<T> done, Consumer<Throwable> failed) {
    var unused =
        stage.handle(
            (value, failure) -> {
              if (Thread.currentThread() == thread) {
                tell(value, failure, done, failed);
              } else {
                context.runOnContext(_ -> tell(value, failure, done, failed));
              }
              return stage;
            });
  }

  @SuppressWarnings("NullAway") // a stage without failure has a value
  private static <T> void tell(
      T value, Throwable failure, Consumer<T> done, Consumer<Throwable> failed) {
    if (failure == null) {
      done.accept(value);
    } else if (failure instanceof CompletionException && failure.getCause() != null) {
      failed.accept(failure.getCause());
    } else {
      failed.accept(failure);
    }
  }
}
