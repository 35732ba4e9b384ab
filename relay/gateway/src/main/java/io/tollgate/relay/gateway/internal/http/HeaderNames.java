package io.tollgate.relay.gateway.internal.http;

import io.vertx.core.http.HttpHeaders;

/** Headers that every request meets; their hashes are worked out once, not at every look-up. */
public final class HeaderNames {
  public static final CharSequence X_API_KEY = HttpHeaders.createOptimized("x-api-key");
  public static final CharSequence X_GOOG_API_KEY = HttpHeaders.createOptimized("x-goog-api-key");
  public static final CharSequence X_REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
  public static final CharSequence X_SANDBOX = HttpHeaders.createOptimized("x-sandbox");
  public static final CharSequence X_ACCEL_BUFFERING =
      HttpHeaders.createOptimized("x-accel-buffering");

  public static final CharSequence X_TOLLGATE_DROPPED =
      HttpHeaders.createOptimized("x-tollgate-dropped");
  public static final CharSequence X_TOLLGATE_COST = HttpHeaders.createOptimized("x-tollgate-cost");

  public static final CharSequence X_TOLLGATE_CACHE =
      HttpHeaders.createOptimized("x-tollgate-cache");

  public static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");

  private HeaderNames() {}
}
