package io.tollgate.identity.internal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts how often logins and requests were refused or kept waiting in this process, by reason. */
public final class RefusalCounts {
  private final Map<Why, LongAdder> counts = new EnumMap<>(Why.class);

  public RefusalCounts() {
    for (Why why : Why.values()) {
      counts.put(why, new LongAdder());
    }
  }

  /** Why something was refused. */
  public enum Why {
    LOGIN_FAILED("tollgate.logins", "logins that did not open a session", "outcome", "failed"),
    LOGIN_LOCKED("tollgate.logins", "logins that did not open a session", "outcome", "locked"),
    LOGIN_BUSY("tollgate.logins", "logins that did not open a session", "outcome", "busy"),
    LOGIN_DELAYED("tollgate.logins", "logins that did not open a session", "outcome", "delayed"),
    KEY_MINUTE("tollgate.requests.limited", "requests answered 429", "limit", "key_minute"),
    KEY_TOKENS("tollgate.requests.limited", "requests answered 429", "limit", "key_tokens"),
    KEY_CONCURRENT("tollgate.requests.limited", "requests answered 429", "limit", "key_concurrent"),
    USER_MINUTE("tollgate.requests.limited", "requests answered 429", "limit", "user_minute"),
    USER_TOKENS("tollgate.requests.limited", "requests answered 429", "limit", "user_tokens"),
    USER_CONCURRENT(
        "tollgate.requests.limited", "requests answered 429", "limit", "user_concurrent");

    private final String meter;
    private final String description;
    private final String tag;
    private final String value;

    Why(String meter, String description, String tag, String value) {
      this.meter = meter;
      this.description = description;
      this.tag = tag;
      this.value = value;
    }
  }

  public void count(Why why) {
    adder(why).increment();
  }

  long of(Why why) {
    return adder(why).sum();
  }

  /** Shows them as counters. */
  public void bindTo(MeterRegistry registry) {
    for (Why why : Why.values()) {
      FunctionCounter.builder(why.meter, adder(why), LongAdder::sum)
          .description(why.description)
          .tag(why.tag, why.value)
          .register(registry);
    }
  }

  private LongAdder adder(Why why) {
    LongAdder adder = counts.get(why);
    if (adder == null) {
      throw new IllegalStateException("no count of " + why);
    }
    return adder;
  }
}
