package io.tollgate.sandbox.internal.trading;

import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.trading.rest.ExchangeInterface;
import io.tollgate.sandbox.internal.trading.stream.SocketRoutes;
import io.tollgate.sandbox.internal.trading.stream.Sockets;
import io.vertx.core.Vertx;

/** The exchange on the provider's port, and the ticking of its market. */
public final class TradingRoutes {
  private static final long TICK_MILLIS = 100;

  /** With so many accounts that the market can do something to, each is looked at a tick later. */
  private static final long ACCOUNTS_A_TICK = 2_000;

  private final Floor floor;
  private final Sockets sockets;
  private long tick;

  private TradingRoutes(Floor floor, Sockets sockets) {
    this.floor = floor;
    this.sockets = sockets;
  }

  /** Adds its routes, and lets its market go on. */
  public static void add(Routes routes, Floor floor) {
    Sockets sockets = new Sockets(floor);
    ExchangeInterface.add(routes, floor, sockets.keys(), sockets::drop);
    SocketRoutes.add(routes, floor, sockets);
    TradingRoutes own = new TradingRoutes(floor, sockets);
    Vertx vertx = routes.site().vertx();
    long unused = vertx.setPeriodic(TICK_MILLIS, fired -> own.tick());
  }

  private void tick() {
    if (++tick % (1 + floor.exposed() / ACCOUNTS_A_TICK) == 0) {
      floor.settleAll();
    }
    sockets.tick();
  }
}
