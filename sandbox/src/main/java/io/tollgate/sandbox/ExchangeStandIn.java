package io.tollgate.sandbox;

import io.tollgate.sandbox.internal.gate.GateProtocol;
import io.tollgate.sandbox.internal.okx.OkxProtocol;
import io.tollgate.sandbox.internal.venue.VenueProtocol;
import io.tollgate.sandbox.internal.venue.VenueServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A small stand-in of an exchange on a port of its own: the calls that order and ask, orders that
 * fill at a steered price, faults and a witness of orders under {@code /sandbox/exchange/} as with
 * the large one. What it knows is gone when it is closed. Its methods may be called from any
 * thread.
 */
public final class ExchangeStandIn implements AutoCloseable {
  private static final int SECONDS = 20;

  private final Vertx vertx;
  private final int port;

  private ExchangeStandIn(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  /**
   * OKX.
   *
   * @param port 0 takes any free one
   */
  public static ExchangeStandIn okx(int port) {
    return start(new OkxProtocol(), port);
  }

  /**
   * Gate.
   *
   * @param port 0 takes any free one
   */
  public static ExchangeStandIn gate(int port) {
    return start(new GateProtocol(), port);
  }

  private static ExchangeStandIn start(VenueProtocol protocol, int port) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    try {
      int listening =
          new VenueServer(vertx, protocol, InstantSource.system())
              .listen(port)
              .toCompletionStage()
              .toCompletableFuture()
              .get(SECONDS, TimeUnit.SECONDS);
      return new ExchangeStandIn(vertx, listening);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      vertx.close();
      throw new SandboxStartException("exchange's port " + port + ": " + e.getMessage(), e);
    }
  }

  /** Its base URL, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
