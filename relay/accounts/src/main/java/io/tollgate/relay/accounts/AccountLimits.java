package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the provider allows an account, so that we need not be told with a 429.
 *
 * @param requestsPerMinute in any 60 seconds, 1 to 10,000,000
 * @param tokensPerMinute in any 60 seconds, as estimated when a request is made, 1 to 10^11
 * @param concurrency requests that run at one time, 1 to 1,000,000
 */
public record AccountLimits(
    OptionalInt requestsPerMinute, OptionalLong tokensPerMinute, OptionalInt concurrency) {
  public static final AccountLimits NONE =
      new AccountLimits(OptionalInt.empty(), OptionalLong.empty(), OptionalInt.empty());

  public static final int MAX_REQUESTS = 10_000_000;
  public static final long MAX_TOKENS = 100_000_000_000L;
  public static final int MAX_CONCURRENCY = 1_000_000;

  public AccountLimits {
    requireNonNull(requestsPerMinute, "requestsPerMinute is null");
    requireNonNull(tokensPerMinute, "tokensPerMinute is null");
    requireNonNull(concurrency, "concurrency is null");
    within("requests_per_minute", requestsPerMinute.orElse(1), MAX_REQUESTS);
    within("tokens_per_minute", tokensPerMinute.orElse(1), MAX_TOKENS);
    within("max_concurrency", concurrency.orElse(1), MAX_CONCURRENCY);
  }

  private static void within(String field, long given, long max) {
    if (given < 1 || given > max) {
      throw GivenText.refused(field, Long.toString(given), "a whole number from 1 to " + max);
    }
  }
}
