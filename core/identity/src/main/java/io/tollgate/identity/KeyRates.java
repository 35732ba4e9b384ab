package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much a key may ask for at a time; what is empty does not limit.
 *
 * @param requestsPerMinute 1 to 1,000,000
 * @param tokensPerMinute input and output together, 1 to 10¹²
 * @param concurrent requests at one time, 1 to 1,000,000; where it is empty, the setting {@code
 *     identity.key.concurrent.max} holds for each gateway
 */
public record KeyRates(
    OptionalInt requestsPerMinute, OptionalLong tokensPerMinute, OptionalInt concurrent) {
  public static final KeyRates NONE =
      new KeyRates(OptionalInt.empty(), OptionalLong.empty(), OptionalInt.empty());

  public static final int MAX_REQUESTS = 1_000_000;
  public static final long MAX_TOKENS = 1_000_000_000_000L;

  public KeyRates {
    requireNonNull(requestsPerMinute, "requestsPerMinute is null");
    requireNonNull(tokensPerMinute, "tokensPerMinute is null");
    requireNonNull(concurrent, "concurrent is null");
    requestsPerMinute.ifPresent(given -> check("requests_per_minute", given, MAX_REQUESTS));
    tokensPerMinute.ifPresent(given -> check("tokens_per_minute", given, MAX_TOKENS));
    concurrent.ifPresent(given -> check("concurrent_max", given, MAX_REQUESTS));
  }

  /** So many requests a minute, and nothing else. */
  public static KeyRates requests(OptionalInt perMinute) {
    return new KeyRates(perMinute, OptionalLong.empty(), OptionalInt.empty());
  }

  /** Whether each of these limits is there and no higher, where the others have one. */
  public boolean within(KeyRates others) {
    return within(wide(requestsPerMinute), wide(others.requestsPerMinute))
        && within(tokensPerMinute, others.tokensPerMinute)
        && within(wide(concurrent), wide(others.concurrent));
  }

  private static boolean within(OptionalLong limit, OptionalLong other) {
    return other.isEmpty() || (limit.isPresent() && limit.getAsLong() <= other.getAsLong());
  }

  private static OptionalLong wide(OptionalInt limit) {
    return limit.isPresent() ? OptionalLong.of(limit.getAsInt()) : OptionalLong.empty();
  }

  private static void check(String field, long given, long max) {
    if (given < 1 || given > max) {
      throw GivenText.refused(field, Long.toString(given), "1 to " + max);
    }
  }
}
