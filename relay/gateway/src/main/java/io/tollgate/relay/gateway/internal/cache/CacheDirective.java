package io.tollgate.relay.gateway.internal.cache;

import io.tollgate.ground.GivenText;
import io.tollgate.relay.protocols.RequestFault;
import java.time.Duration;
import java.util.Optional;

/** What a caller says of the cache, in the header {@code X-Tollgate-Cache}. */
sealed interface CacheDirective {
  String HEADER = "X-Tollgate-Cache";

  /** Nothing: it depends on the request. */
  record Unsaid() implements CacheDirective {}

  /** The answer is neither to come from the cache nor to be kept in it. */
  record NoStore() implements CacheDirective {}

  /** It may be so old, and is kept for so long. */
  record Ttl(Duration time) implements CacheDirective {}

  /**
   * @throws RequestFault when it is none of these
   */
  static CacheDirective read(Optional<String> header) {
    if (header.isEmpty()) {
      return new Unsaid();
    }
    String given = header.get().strip();
    if (given.equalsIgnoreCase("no-store")) {
      return new NoStore();
    }
    if (given.regionMatches(true, 0, "ttl=", 0, 4) && isNumber(given.substring(4))) {
      long seconds = Long.parseLong(given.substring(4));
      if (seconds > 0) {
        return new Ttl(Duration.ofSeconds(seconds));
      }
    }
    throw RequestFault.of(
        HEADER, GivenText.shown(given) + " (expected: ttl=SECONDS from 1, or no-store)");
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 9
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
