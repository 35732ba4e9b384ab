package io.tollgate.identity.internal.passport;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Counts how logins of users end in this process. */
public final class SignInCounts {
  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

  public SignInCounts() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
  }

  /** How one ends. */
  public enum Outcome {
    OK,
    FAILED,
    /** The password was right, a code is wanted. */
    CODE_WANTED,
    LOCKED,
    REFUSED
  }

  /** Does a login and counts how it ends. */
  public <T> T counted(Supplier<T> login) {
    try {
      T result = login.get();
      count(Outcome.OK);
      return result;
    } catch (Refusal refusal) {
      count(outcome(refusal.code()));
      throw refusal;
    }
  }

  /** Shows them as counters. */
  public void bindTo(MeterRegistry registry) {
    for (Outcome outcome : Outcome.values()) {
      FunctionCounter.builder("tollgate.user.logins", adder(outcome), LongAdder::sum)
          .description("logins of users, by how they end")
          .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private static Outcome outcome(ErrorCode code) {
    if (code == ErrorCode.INVALID_CREDENTIALS) {
      return Outcome.FAILED;
    }
    if (code == ErrorCode.TOTP_REQUIRED) {
      return Outcome.CODE_WANTED;
    }
    return code == ErrorCode.ACCOUNT_LOCKED ? Outcome.LOCKED : Outcome.REFUSED;
  }

  private void count(Outcome outcome) {
    adder(outcome).increment();
  }

  private LongAdder adder(Outcome outcome) {
    LongAdder adder = counts.get(outcome);
    if (adder == null) {
      throw new IllegalStateException("no count of " + outcome);
    }
    return adder;
  }
}
