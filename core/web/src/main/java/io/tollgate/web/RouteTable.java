package io.tollgate.web;

import io.vertx.core.http.HttpMethod;

/**
 * Where routes are declared. Patterns are paths with {@code {name}} in segments, e.g. {@code
 * /api/v1/billing/sync/{user_id}} or {@code /v1beta/models/{model}:{action}}; a literal segment
 * wins over a parameter. A pattern that ends with {@link #BELOW} takes every path below it that no
 * other one fits. A {@code GET} route answers {@code HEAD} too, and {@code OPTIONS} is answered
 * with {@code Allow} where no route is declared for it. A path that no pattern fits is 404, a
 * method that its pattern does not have is 405 with {@code Allow}, both in the error form of the
 * longest declared prefix.
 */
public interface RouteTable {
  /** The last segment of a pattern for everything below a path, as in {@code /console/**}. */
  String BELOW = "**";

  /** A blocking route; its body may have {@code bodyLimit} bytes, more is answered 413. */
  void blocking(
      HttpMethod method, String pattern, ErrorForm errors, long bodyLimit, BlockingRoute route);

  /** The same with the usual limit of 1 MiB. */
  default void blocking(HttpMethod method, String pattern, ErrorForm errors, BlockingRoute route) {
    blocking(method, pattern, errors, 1L << 20, route);
  }

  /**
   * A blocking route whose bodies hold secrets: what this server has held of a body on its heap is
   * overwritten when the route has ended, {@link Request#body} too. The route keeps nothing of it.
   */
  void confidential(
      HttpMethod method, String pattern, ErrorForm errors, long bodyLimit, BlockingRoute route);

  /** A route on the event loop; it reads the body itself. */
  void stream(HttpMethod method, String pattern, ErrorForm errors, StreamRoute route);

  /**
   * The error form of everything below a path prefix that no route answers; {@code /} for the rest.
   */
  void fallback(String pathPrefix, ErrorForm errors);

  /**
   * Opens everything below a path prefix to scripts of the web pages that a setting allows (none by
   * default), errors and streams included.
   */
  void openToBrowsers(String pathPrefix);

  /**
   * Lets stream routes of this server turn requests into WebSockets; a frame beyond the bound ends
   * its WebSocket.
   *
   * @param subprotocol is spoken where a caller offers it
   * @param frameBytes of one frame that a caller sends; the largest that was declared holds
   */
  void webSockets(String subprotocol, int frameBytes);
}
