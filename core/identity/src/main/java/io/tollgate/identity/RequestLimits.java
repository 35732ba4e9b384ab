package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Requests per minute of API keys: a sliding window, so that in no 60 seconds more than the limit
 * pass. Counted in this process, by a monotonic clock. Never blocks; safe for use by many threads
 * and on event loops.
 */
public interface RequestLimits {
  /** Counts a request if the key's limit lets it pass. A refused request is not counted. */
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
     * @param limit requests per minute
     * @param retryAfter after which one request will pass; always positive
     * @param reset after which, without further requests, the whole limit is free again
     */
    record Refused(int limit, Duration retryAfter, Duration reset) implements Decision {
      public Refused {
        requireNonNull(retryAfter, "retryAfter is null");
        requireNonNull(reset, "reset is null");
      }
    }
  }
}
