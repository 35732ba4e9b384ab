package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.ConcurrencyLimits.Scope;
import java.time.Duration;

/**
 * Tokens per minute of API keys, and of users with all keys, input and output together: a sliding
 * window, so that in no 60 seconds more than the limit are reserved. A request reserves what it may
 * use, and tells in the end what it has used. Counted in this process, by a monotonic clock. Never
 * blocks; safe for use by many threads and on event loops.
 */
public interface TokenLimits {
  /**
   * Reserves tokens if the limits of the key and of the user let them pass. What is refused is not
   * counted.
   */
  Outcome tryReserve(KeyHolder holder, long tokens);

  /** Whether a request may use its tokens. */
  sealed interface Outcome {}

  /** It may: the key has no limit. */
  record Unlimited() implements Outcome {}

  /** It may, and they are counted. Whoever owns the request tells {@link #used}, or closes it. */
  non-sealed interface Reserved extends Outcome, AutoCloseable {
    /** Tokens per minute. */
    long limit();

    /** How many more would pass now. */
    long remaining();

    /** After which, without further requests, the whole limit is free again. */
    Duration reset();

    /**
     * So many were used: what was reserved too much is free at once, what was used beyond counts
     * from now. Said again, it changes nothing.
     */
    void used(long tokens);

    /** None were used, where nothing else was said. */
    @Override
    void close();
  }

  /**
   * It must not: 429.
   *
   * @param scope whose limit it is
   * @param limit tokens per minute
   * @param asked tokens that were to be reserved
   * @param retryAfter after which they may pass; always positive
   * @param reset after which, without further requests, the whole limit is free again
   */
  record Refused(Scope scope, long limit, long asked, Duration retryAfter, Duration reset)
      implements Outcome {
    public Refused {
      requireNonNull(scope, "scope is null");
      requireNonNull(retryAfter, "retryAfter is null");
      requireNonNull(reset, "reset is null");
    }

    /** What the caller is told. */
    public Refusal refusal() {
      String sentence =
          asked > limit
              ? "the request may use "
                  + asked
                  + " tokens, more than "
                  + scope.owner()
                  + " limit of "
                  + limit
                  + " tokens a minute (expected: a shorter request, or a lower output limit)"
              : scope.owner()
                  + " limit of "
                  + limit
                  + " tokens a minute is reached; the request may use "
                  + asked;
      return new Refusal(ErrorCode.RATE_LIMITED, sentence).withRetryAfter(retryAfter);
    }
  }
}
