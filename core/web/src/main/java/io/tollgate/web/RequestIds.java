package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ChargeId;
import io.tollgate.web.internal.BatchedRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes request ids, and reads the callers' own. Safe for use by many threads. */
public final class RequestIds {
  private static final int LONGEST = 128;

  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random must be safe for use by many threads, and unpredictable in production
   */
  public RequestIds(InstantSource clock, RandomGenerator random) {
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
  }

  /** Ids of the same clock and source for one thread only, which are cheaper to make. */
  public RequestIds confined() {
    return new RequestIds(clock, new BatchedRandom(random));
  }

  public ChargeId create() {
    return ChargeId.create(clock.millis(), random);
  }

  public InstantSource clock() {
    return clock;
  }

  /** The caller's own id if it is one: 1 to 128 of {@code [A-Za-z0-9._-]}; others are ignored. */
  public static Optional<String> ofCaller(@Nullable String given) {
    if (given == null || given.isEmpty() || given.length() > LONGEST) {
      return Optional.empty();
    }
    for (int i = 0; i < given.length(); i++) {
      char c = given.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '-';
      if (!allowed) {
        return Optional.empty();
      }
    }
    return Optional.of(given);
  }
}
