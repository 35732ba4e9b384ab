package io.tollgate.web.internal;

import io.tollgate.web.BlockingRoute;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.StreamRoute;
import io.vertx.core.http.HttpMethod;

/** One declared route. */
sealed interface DeclaredRoute {
  HttpMethod method();

  String pattern();

  ErrorForm errors();

  /**
   * Runs on a virtual thread, with the whole body.
   *
   * @param confidential whether the body is overwritten once the route has ended
   */
  record Blocking(
      HttpMethod method,
      String pattern,
      ErrorForm errors,
      long bodyLimit,
      boolean confidential,
      BlockingRoute body)
      implements DeclaredRoute {}

  /** Runs on the event loop. */
  record Stream(HttpMethod method, String pattern, ErrorForm errors, StreamRoute body)
      implements DeclaredRoute {}
}
