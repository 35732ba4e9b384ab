package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.fault.Faults;
import io.vertx.core.Vertx;

/** Adds everything that the exchange answers over REST. */
public final class ExchangeInterface {
  private ExchangeInterface() {}

  /** Closes WebSockets of a key (of everybody where it is empty), and refuses new ones so long. */
  public interface SocketDropping extends FaultyCalls.SocketDropping {}

  public static void add(Routes routes, Floor floor, ListenKeyStore keys, SocketDropping sockets) {
    Vertx vertx = routes.site().vertx();
    Faults faults = new Faults();
    RateLimits limits = new RateLimits();
    OrderPlacing placing = new OrderPlacing(floor, limits);
    FaultyCalls faulty = new FaultyCalls(vertx, floor, faults, placing, sockets);
    ExchangeRoutes exchange = new ExchangeRoutes(routes, floor, limits, placing, faulty);
    PublicEndpoints.add(exchange);
    SpotEndpoints.add(exchange);
    FuturesOrderEndpoints.add(exchange);
    FuturesAccountEndpoints.add(exchange);
    FuturesWalletJson.add(exchange);
    ListenKeyEndpoints.add(exchange, keys);
    SteeringEndpoints.add(routes, floor, faults, limits, keys, sockets);
  }
}
