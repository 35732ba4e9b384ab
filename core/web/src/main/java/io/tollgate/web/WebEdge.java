package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.telemetry.Tracing;
import io.tollgate.web.internal.LoopServer;
import io.tollgate.web.internal.ServedRequests;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops of a process, the virtual threads beside them, and the servers on them. One per
 * process. Safe for use by many threads; nothing here is to be called on an event loop.
 */
public final class WebEdge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebEdge.class);
  private static final long START_SECONDS = 30;

  private final WebConfig config;
  private final MeterRegistry registry;
  private final RequestIds ids;
  private final Tracing tracing;
  private final Vertx vertx;
  private final VirtualThreads threads;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicInteger freePorts = new AtomicInteger();
  private final List<WebServer> servers = new ArrayList<>();

  private WebEdge(WebConfig config, MeterRegistry registry, RequestIds ids, Tracing tracing) {
    this.config = config;
    this.registry = registry;
    this.ids = ids;
    this.tracing = tracing;
    VertxOptions options =
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(config.loops())
            .setWorkerPoolSize(4)
            .setInternalBlockingPoolSize(4)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    ServedRequests.prepare();
    vertx = Vertx.vertx(options);
    vertx.exceptionHandler(WebEdge::thrown);
    threads = new VirtualThreads(config.blockingConcurrent(), config.blockingWaiting(), registry);
  }

  /** Starts the event loops of a process that traces nothing. */
  public static WebEdge open(
      WebConfig config, MeterRegistry registry, InstantSource clock, RandomGenerator random) {
    return open(config, registry, clock, random, Tracing.off());
  }

  /**
   * Starts the event loops.
   *
   * @param random of request ids; safe for use by many threads, unpredictable in production
   */
  public static WebEdge open(
      WebConfig config,
      MeterRegistry registry,
      InstantSource clock,
      RandomGenerator random,
      Tracing tracing) {
    requireNonNull(registry, "registry is null");
    requireNonNull(tracing, "tracing is null");
    return new WebEdge(config, registry, new RequestIds(clock, random), tracing);
  }

  public Vertx vertx() {
    return vertx;
  }

  /** Whether the process is about to stop; readiness is refused from then on. */
  public boolean draining() {
    return draining.get();
  }

  /** Says that the process is about to stop. */
  public void drain() {
    draining.set(true);
  }

  /**
   * Opens a server.
   *
   * @param routes declared once per event loop, on that loop
   * @throws PortUnavailableException when the port cannot be listened on
   */
  public WebServer listen(ListeningPort listener, List<Routes> routes) {
    return listen(listener, routes, Optional.empty());
  }

  /**
   * The same, over TLS where that is given.
   *
   * @throws PortUnavailableException when the port cannot be listened on; another exception when a
   *     certificate cannot be used
   */
  public WebServer listen(ListeningPort listener, List<Routes> routes, Optional<ServerTls> tls) {
    SocketAddress address =
        listener.port() == 0
            ? SocketAddress.sharedRandomPort(freePorts.incrementAndGet(), config.bindAddress())
            : SocketAddress.inetSocketAddress(listener.port(), config.bindAddress());
    LoopServer.Shared shared =
        new LoopServer.Shared(
            config, ids, tracing, registry, listener.name(), threads, routes, address, tls);
    List<LoopServer> loops = new ArrayList<>();
    for (int loop = 0; loop < config.loops(); loop++) {
      loops.add(new LoopServer(shared, loop));
    }
    AtomicInteger next = new AtomicInteger();
    try {
      vertx
          .deployVerticle(
              () -> loops.get(next.getAndIncrement()),
              new DeploymentOptions().setInstances(loops.size()))
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    } catch (TimeoutException e) {
      throw new CompletionException(
          "the " + listener.name() + " server did not start within " + START_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw failure(listener, e);
    }
    WebServer server = new WebServer(listener, loops);
    synchronized (servers) {
      servers.add(server);
    }
    return server;
  }

  /** Whatever a handler threw on an event loop ends the request it was serving. */
  private static void thrown(Throwable failure) {
    if (!ServedRequests.failCurrent(failure)) {
      LOG.atError().setCause(failure).log("unexpected failure on an event loop");
    }
  }

  private RuntimeException failure(ListeningPort listener, ExecutionException failed) {
    for (Throwable at = failed; at != null; at = at.getCause()) {
      if (at instanceof IOException) {
        return new PortUnavailableException(listener, config.bindAddress(), at);
      }
    }
    return failed.getCause() instanceof RuntimeException fault
        ? fault
        : new CompletionException(failed);
  }

  /**
   * Refuses readiness and stops the servers in the order they were opened. The loops and threads go
   * on, for what must still be finished without a caller.
   */
  public void stopServers() {
    drain();
    List<WebServer> stopping;
    synchronized (servers) {
      stopping = List.copyOf(servers);
      servers.clear();
    }
    for (WebServer server : stopping) {
      server.stop(config.stop());
    }
  }

  /** Stops the servers where they still run, and ends the loops. */
  @Override
  public void close() {
    stopServers();
    threads.close();
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.atWarn().setCause(e).log("event loops did not end cleanly");
    }
  }
}
