package io.tollgate.web.internal;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.spi.context.storage.ContextLocal;

/**
 * Tells for which request a handler runs. Vert.x gives each request a context of its own, in which
 * all of its handlers run: those of its body and answer, its timers, and futures that are made in
 * it.
 */
public final class ServedRequests {
  private static final ContextLocal<RequestExchange> OF_CONTEXT =
      ContextLocal.registerLocal(RequestExchange.class);

  private ServedRequests() {}

  /** To be called before the contexts are made. */
  public static void prepare() {
    requireNonNull(OF_CONTEXT, "not registered");
  }

  static void begin(RequestExchange exchange) {
    OF_CONTEXT.put(requireNonNull(Vertx.currentContext(), "not on an event loop"), exchange);
  }

  /** Ends the request whose handler threw on this thread; false where it threw for none. */
  public static boolean failCurrent(Throwable failure) {
    Context context = Vertx.currentContext();
    RequestExchange exchange = context == null ? null : OF_CONTEXT.get(context);
    if (exchange == null) {
      return false;
    }
    exchange.failed(failure);
    return true;
  }
}
