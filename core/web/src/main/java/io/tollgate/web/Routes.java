package io.tollgate.web;

import io.vertx.core.Vertx;

/** A part of an interface that declares its routes. Called once per event loop, on that loop. */
@FunctionalInterface
public interface Routes {
  /**
   * @param loop index of the event loop, from 0
   * @param vertx the instance; clients and timers made here belong to this loop
   */
  void declare(RouteTable table, int loop, Vertx vertx);
}
