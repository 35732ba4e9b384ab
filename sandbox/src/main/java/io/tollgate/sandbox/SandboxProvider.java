package io.tollgate.sandbox;

import io.tollgate.sandbox.internal.Journal;
import io.tollgate.sandbox.internal.SandboxServer;
import io.tollgate.sandbox.internal.Served;
import io.tollgate.sandbox.internal.TokenCounter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running sandbox provider. It has one event loop of its own, which everything it remembers is
 * confined to; the methods here may be called from any thread.
 */
public final class SandboxProvider implements AutoCloseable {
  private static final int START_SECONDS = 20;
  private static final int STOP_SECONDS = 10;

  private final Vertx vertx;
  private final Journal journal;
  private final SandboxServer server;
  private final String host;
  private final int port;

  private SandboxProvider(
      Vertx vertx, Journal journal, SandboxServer server, String host, int port) {
    this.vertx = vertx;
    this.journal = journal;
    this.server = server;
    this.host = host;
    this.port = port;
  }

  /**
   * Starts a provider and returns once it answers; what an earlier one wrote to the same folder is
   * counted again first.
   *
   * @throws SandboxStartException when the port or the journal cannot be had
   */
  public static SandboxProvider start(SandboxOptions options) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2));
    Context loop = vertx.getOrCreateContext();
    InstantSource clock = InstantSource.system();
    Path file = options.dataDir().resolve("sandbox").resolve("served.log");
    Served served = new Served(options.rememberedRequests());
    Journal journal;
    try {
      journal = Journal.open(file, served, task -> loop.runOnContext(turn -> task.run()), clock);
    } catch (IOException e) {
      vertx.close();
      throw new SandboxStartException("journal " + file + ": " + e.getMessage(), e);
    }
    SandboxServer server = new SandboxServer(vertx, served, journal, TokenCounter.loading(), clock);
    try {
      int port =
          server
              .listen(options.host(), options.port())
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_SECONDS, TimeUnit.SECONDS);
      return new SandboxProvider(vertx, journal, server, options.host(), port);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      Throwable cause = e.getCause() == null ? e : e.getCause();
      vertx.close();
      journal.close();
      throw new SandboxStartException(whyNotListening(options, cause), cause);
    }
  }

  private static String whyNotListening(SandboxOptions options, Throwable cause) {
    String where = "sandbox port " + options.port() + " on " + options.host() + ": ";
    return cause instanceof BindException
        ? where + "in use or not allowed (expected: a free port; choose one with --sandbox-port)"
        : where + cause.getMessage();
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Its base URL, without a slash at the end. */
  public String url() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Stops listening, ends open streams and closes the journal; a second call does nothing. */
  @Override
  public void close() {
    try {
      await(server.close());
      // apart from the server's: its own future would end on the loop that it stops
      await(vertx.close());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException("sandbox provider did not stop: " + e.getMessage(), e);
    } finally {
      journal.close();
    }
  }

  private static void await(Future<Void> step)
      throws InterruptedException, ExecutionException, TimeoutException {
    step.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
