package io.tollgate.relay.gateway.internal.caller;

import io.tollgate.identity.RequestLimits.Decision;
import io.tollgate.identity.TokenLimits;
import io.tollgate.relay.protocols.RateHeaderNames;
import io.tollgate.relay.protocols.RateHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Tells callers where they stand with their limits per minute: in the headers that everybody gets,
 * and in those of their protocol.
 *
 * @param headers takes a name and a value
 * @param own those of their protocol
 */
record RateLines(BiConsumer<String, String> headers, Optional<RateHeaders> own, Instant now) {
  void put(Decision decision) {
    switch (decision) {
      case Decision.Unlimited _ -> {}
      case Decision.Allowed allowed ->
          requests(allowed.limit(), allowed.remaining(), allowed.reset());
      case Decision.Refused refused -> requests(refused.limit(), 0, refused.reset());
    }
  }

  void put(TokenLimits.Outcome outcome) {
    switch (outcome) {
      case TokenLimits.Unlimited _ -> {}
      case TokenLimits.Reserved reserved ->
          tokens(reserved.limit(), reserved.remaining(), reserved.reset());
      case TokenLimits.Refused refused -> tokens(refused.limit(), 0, refused.reset());
    }
  }

  private void requests(long limit, long remaining, Duration reset) {
    put(RateHeaders.COMMON.requests(), limit, remaining, reset);
    own.ifPresent(theirs -> put(theirs.requests(), limit, remaining, reset));
  }

  private void tokens(long limit, long remaining, Duration reset) {
    put(RateHeaders.COMMON.tokens(), limit, remaining, reset);
    own.ifPresent(theirs -> put(theirs.tokens(), limit, remaining, reset));
  }

  private void put(RateHeaderNames names, long limit, long remaining, Duration reset) {
    headers.accept(names.limit(), Long.toString(limit));
    headers.accept(names.remaining(), Long.toString(remaining));
    headers.accept(
        names.reset(),
        switch (names.form()) {
          case SPAN -> written(reset);
          case TIME -> time(reset);
        });
  }

  /** Whole seconds, never too early. */
  private String time(Duration reset) {
    return now.plus(reset).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS).toString();
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
