package io.tollgate.web.internal;

import io.vertx.core.http.HttpServerRequest;

/** Counts the bytes of a request's body against what the server may hold in memory. */
public final class HeldBytes {
  private HeldBytes() {}

  /**
   * Takes bytes until the request is answered or its caller gone; false when the server holds too
   * many already.
   */
  public static boolean reserve(HttpServerRequest request, int bytes) {
    return ConnectionGuard.of(request).reserve(bytes);
  }
}
