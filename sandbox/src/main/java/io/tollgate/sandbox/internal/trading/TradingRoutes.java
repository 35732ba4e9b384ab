package io.tollgate.sandbox.internal.trading;

import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.trading.rest.ExchangeInterface;
import io.tollgate.sandbox.internal.trading.stream.SocketRoutes;
import io.tollgate.sandbox.internal.trading.stream.Sockets;
import io.vertx.core.Vertx;

/** The exchange on the provider's port, and the ticking of its market. */
public final class TradingRoutes {
  private static final long TICK_MILLIS = 100;

  /** So many accounts are looked at in a tick, so that the loop is never long away; then others. */
  private static final int ACCOUNTS_A_TICK = 500;

  private final Floor floor;
  private final Sockets sockets;

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
    floor.settleNext(ACCOUNTS_A_TICK);
    floor.desks().fillRests();
    floor.compactLog();
    sockets.tick();
  }
}
