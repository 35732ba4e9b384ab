package io.tollgate.sandbox;

import io.tollgate.sandbox.internal.SandboxServer;
import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.exchange.Site;
import io.tollgate.sandbox.internal.served.Journal;
import io.tollgate.sandbox.internal.served.Served;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.MarketSteering;
import io.tollgate.sandbox.script.ScriptedUpstream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
  private final Context loop;
  private final Journal journal;
  private final Floor floor;
  private final SandboxServer server;
  private final String url;
  private final int port;
  private final Optional<ScriptedUpstream> script;

  private SandboxProvider(
      Vertx vertx,
      Context loop,
      Journal journal,
      Floor floor,
      SandboxServer server,
      String url,
      int port,
      Optional<ScriptedUpstream> script) {
    this.vertx = vertx;
    this.loop = loop;
    this.journal = journal;
    this.floor = floor;
    this.server = server;
    this.url = url;
    this.port = port;
    this.script = script;
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
    Path folder = options.dataDir().resolve("sandbox");
    Path file = folder.resolve("served.log");
    Served served = new Served(options.rememberedRequests());
    Journal journal;
    try {
      journal = Journal.open(file, served, task -> loop.runOnContext(turn -> task.run()), clock);
    } catch (IOException e) {
      vertx.close();
      throw new SandboxStartException("journal " + file + ": " + e.getMessage(), e);
    }
    Floor floor;
    try {
      floor = Floor.open(clock, folder);
    } catch (IOException e) {
      vertx.close();
      journal.close();
      throw new SandboxStartException(
          "journal " + folder.resolve("orders.log") + ": " + e.getMessage(), e);
    }
    Site site = new Site(vertx, journal, TokenCounter.loading(), clock, folder);
    SandboxServer server = new SandboxServer(site, served, floor);
    try {
      int port =
          server
              .listen(options.host(), options.port())
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_SECONDS, TimeUnit.SECONDS);
      String url = url(options.host(), port);
      return new SandboxProvider(
          vertx, loop, journal, floor, server, url, port, script(options, url));
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      vertx.close();
      journal.close();
      floor.close();
      if (e instanceof SandboxStartException told) {
        throw told;
      }
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new SandboxStartException(whyNotListening(options, cause), cause);
    }
  }

  private static String url(String host, int port) {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static Optional<ScriptedUpstream> script(SandboxOptions options, String url) {
    return options.scriptPort().isEmpty()
        ? Optional.empty()
        : Optional.of(
            ScriptedUpstream.start(
                options.host(), options.scriptPort().getAsInt(), Optional.of(URI.create(url))));
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
    return url;
  }

  /** The scripted upstream beside it, if it was asked for. */
  public Optional<ScriptedUpstream> script() {
    return script;
  }

  /** Where an account of this provider is served: by the scripted upstream, where there is one. */
  public String accountUrl() {
    return script.map(ScriptedUpstream::url).orElse(url);
  }

  /**
   * Opens an account at the exchange simulator, with so much USDT on its spot and its futures
   * market. One with the key that is there already stays as it is.
   *
   * @throws IllegalStateException when its journal cannot be written
   */
  public void openExchangeAccount(ExchangeKeys keys, BigDecimal usdt) {
    CompletableFuture<Long> opened = new CompletableFuture<>();
    loop.runOnContext(
        turn -> {
          try {
            opened.complete(new MarketSteering(floor).account(keys, usdt).number());
          } catch (RuntimeException e) {
            opened.completeExceptionally(e);
          }
        });
    try {
      long unused = opened.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("exchange account was not opened: " + e.getMessage(), e);
    }
  }

  /** Stops listening, ends open streams and closes the journal; a second call does nothing. */
  @Override
  public void close() {
    script.ifPresent(ScriptedUpstream::close);
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
      floor.close();
    }
  }

  private static void await(Future<Void> step)
      throws InterruptedException, ExecutionException, TimeoutException {
    step.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
