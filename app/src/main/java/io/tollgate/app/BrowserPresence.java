package io.tollgate.app;

import io.tollgate.web.BlockingRoute;
import io.tollgate.web.BrowserInterface;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.tollgate.web.StreamRoute;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody looks at our pages: when a browser with a session asked last. Safe for use by
 * many threads.
 */
final class BrowserPresence {
  private volatile boolean ever;
  private volatile long seenAt;

  /** Whether one did within so long a time. */
  boolean within(Duration time) {
    return ever && System.nanoTime() - seenAt <= time.toNanos();
  }

  /** The same routes, watched where browsers ask them. */
  InterfaceRoutes watched(InterfaceRoutes offered) {
    Routes routes = offered.routes();
    return offered.of() == BrowserInterface.CONSOLE
        ? new InterfaceRoutes(
            offered.of(),
            (table, loop, vertx) -> routes.declare(new WatchedTable(table), loop, vertx))
        : offered;
  }

  private void look(@Nullable String cookies) {
    if (cookies != null && (cookies.contains("tg_admin=") || cookies.contains("tg_user="))) {
      seenAt = System.nanoTime();
      ever = true;
    }
  }

  /** A table whose routes look at cookies first. */
  private final class WatchedTable implements RouteTable {
    private final RouteTable table;

    WatchedTable(RouteTable table) {
      this.table = table;
    }

    @Override
    public void blocking(
        HttpMethod method, String pattern, ErrorForm errors, long bodyLimit, BlockingRoute route) {
      table.blocking(method, pattern, errors, bodyLimit, looking(route));
    }

    @Override
    public void confidential(
        HttpMethod method, String pattern, ErrorForm errors, long bodyLimit, BlockingRoute route) {
      table.confidential(method, pattern, errors, bodyLimit, looking(route));
    }

    private BlockingRoute looking(BlockingRoute route) {
      return request -> {
        look(request.header("Cookie").orElse(null));
        return route.handle(request);
      };
    }

    @Override
    public void stream(HttpMethod method, String pattern, ErrorForm errors, StreamRoute route) {
      table.stream(
          method,
          pattern,
          errors,
          (context, request) -> {
            look(request.getHeader("Cookie"));
            route.handle(context, request);
          });
    }

    @Override
    public void fallback(String pathPrefix, ErrorForm errors) {
      table.fallback(pathPrefix, errors);
    }

    @Override
    public void openToBrowsers(String pathPrefix) {
      table.openToBrowsers(pathPrefix);
    }

    @Override
    public void webSockets(String subprotocol, int frameBytes) {
      table.webSockets(subprotocol, frameBytes);
    }
  }
}
