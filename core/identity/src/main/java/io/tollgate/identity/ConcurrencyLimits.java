package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Duration;

/**
 * How many requests of one API key, and of one user with all keys, run at one time. Counted in this
 * process. Never blocks; safe for use by many threads and on event loops.
 */
public interface ConcurrencyLimits {
  /**
   * Counts a request as running if both limits have room. A refused request is not counted.
   *
   * @return {@link Admitted}, which whoever owns the request closes when it is over
   */
  Admission tryBegin(KeyHolder holder);

  /** Whose limit it is. */
  enum Scope {
    KEY("this API key", "the key's"),
    USER("this user", "the user's");

    private final String shown;
    private final String owner;

    Scope(String shown, String owner) {
      this.shown = shown;
      this.owner = owner;
    }

    /** As messages begin with it. */
    public String owner() {
      return owner;
    }
  }

  /** Whether a request may run. */
  sealed interface Admission {}

  /**
   * A request that runs. It counts until it is closed; closing it again changes nothing, also from
   * another thread.
   */
  non-sealed interface Admitted extends Admission, AutoCloseable {
    @Override
    void close();
  }

  /**
   * It must not run: 429.
   *
   * @param limit requests at one time
   */
  record Refused(Scope scope, int limit) implements Admission {
    /** Some request of a caller with so many of them is likely to be over by then. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    public Refused {
      requireNonNull(scope, "scope is null");
    }

    /** What the caller is told. */
    public Refusal refusal() {
      return new Refusal(
              ErrorCode.RATE_LIMITED,
              "the limit of " + limit + " requests of " + scope.shown + " at one time is reached")
          .withRetryAfter(RETRY_AFTER);
    }
  }
}
