package io.tollgate.relay.gateway.internal.caller;

import io.tollgate.identity.RequestLimits.Decision;
import io.tollgate.relay.gateway.internal.http.HeaderNames;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/** Tells callers where they stand with their requests per minute, in OpenAI's headers. */
final class RateHeaders {
  private RateHeaders() {}

  static void put(HttpServerResponse response, Decision decision) {
    switch (decision) {
      case Decision.Unlimited _ -> {}
      case Decision.Allowed allowed ->
          put(response, allowed.limit(), allowed.remaining(), allowed.reset());
      case Decision.Refused refused -> put(response, refused.limit(), 0, refused.reset());
    }
  }

  private static void put(HttpServerResponse response, int limit, int remaining, Duration reset) {
    response.putHeader(HeaderNames.RATE_LIMIT, Integer.toString(limit));
    response.putHeader(HeaderNames.RATE_REMAINING, Integer.toString(remaining));
    response.putHeader(HeaderNames.RATE_RESET, written(reset));
  }

  /** As OpenAI writes times: {@code 850ms}, {@code 12s}, {@code 1m0s}. */
  static String written(Duration time) {
    long millis = Math.max(0, time.toMillis());
    if (millis < 1_000) {
      return millis + "ms";
    }
    long seconds = (millis + 999) / 1_000;
    return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
  }
}
