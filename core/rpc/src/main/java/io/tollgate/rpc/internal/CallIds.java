package io.tollgate.rpc.internal;

import io.grpc.Metadata;
import io.tollgate.ground.ChargeId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Makes ids of calls, and reads the callers' own. Safe for use by many threads. */
final class CallIds {
  private static final Pattern OF_CALLER = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private final InstantSource clock;
  private final RandomGenerator random;

  CallIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  ChargeId create() {
    return ChargeId.create(clock.millis(), random);
  }

  InstantSource clock() {
    return clock;
  }

  /** The caller's own id where it is one; others are ignored. */
  static Optional<String> ofCaller(Metadata metadata) {
    String own = metadata.get(ServedCall.CLIENT_REQUEST_ID);
    String given = own == null ? metadata.get(ServedCall.REQUEST_ID) : own;
    return Optional.ofNullable(given).filter(id -> OF_CALLER.matcher(id).matches());
  }
}
