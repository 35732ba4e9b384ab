package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.identity.ConcurrencyLimits.Scope;
import java.time.Duration;

/**
 * Requests per minute of API keys, and of users with all keys: a sliding window, so that in no 60
 * seconds more than the limit pass. Counted in this process, by a monotonic clock. Never blocks;
 * safe for use by many threads and on event loops.
 */
public interface RequestLimits {
  /**
   * Counts a request if the limits of its key and of the user let it pass. A refused request is not
   * counted.
   */
  Decision tryAcquire(KeyHolder holder);

  /** Whether a request may pass. */
  sealed interface Decision {
    /** It passes: the key has no limit. */
    record Unlimited() implements Decision {}

    /**
     * It passes and was counted.
     *
     * @param limit requests per minute
     * @param remaining how many more would pass now
     * @param reset after which, without further requests, the whole limit is free again
     */
    record Allowed(int limit, int remaining, Duration reset) implements Decision {
      public Allowed {
        requireNonNull(reset, "reset is null");
      }
    }

    /**
     * It must not pass: 429.
     *
     * @param scope whose limit it is
     * @param limit requests per minute
     * @param retryAfter after which one request will pass; always positive
     * @param reset after which, without further requests, the whole limit is free again
     */
    record Refused(Scope scope, int limit, Duration retryAfter, Duration reset)
        implements Decision {
      public Refused {
        requireNonNull(scope, "scope is null");
        requireNonNull(retryAfter, "retryAfter is null");
        requireNonNull(reset, "reset is null");
      }
    }
  }
}
