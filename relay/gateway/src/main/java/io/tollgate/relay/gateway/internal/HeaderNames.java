package io.tollgate.relay.gateway.internal;

import io.vertx.core.http.HttpHeaders;

/** Headers that every request meets; their hashes are worked out once, not at every look-up. */
final class HeaderNames {
  static final CharSequence X_API_KEY = HttpHeaders.createOptimized("x-api-key");
  static final CharSequence X_GOOG_API_KEY = HttpHeaders.createOptimized("x-goog-api-key");
  static final CharSequence X_REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
  static final CharSequence X_SANDBOX = HttpHeaders.createOptimized("x-sandbox");
  static final CharSequence X_ACCEL_BUFFERING = HttpHeaders.createOptimized("x-accel-buffering");
  static final CharSequence RATE_LIMIT = HttpHeaders.createOptimized("x-ratelimit-limit-requests");
  static final CharSequence RATE_REMAINING =
      HttpHeaders.createOptimized("x-ratelimit-remaining-requests");
  static final CharSequence RATE_RESET = HttpHeaders.createOptimized("x-ratelimit-reset-requests");

  private HeaderNames() {}
}
