package io.tollgate.identity.internal.mail;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of mails in this process. */
public final class MailCounts {
  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

  public MailCounts() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
  }

  /** What became of one. */
  public enum Outcome {
    SENT,
    /** It is tried again. */
    DELAYED,
    FAILED,
    /** There was nothing to say. */
    VOID
  }

  void count(Outcome outcome) {
    adder(outcome).increment();
  }

  /** Shows them as counters. */
  public void bindTo(MeterRegistry registry) {
    for (Outcome outcome : Outcome.values()) {
      FunctionCounter.builder("tollgate.mails", adder(outcome), LongAdder::sum)
          .description("mails to users, by what became of them")
          .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private LongAdder adder(Outcome outcome) {
    LongAdder adder = counts.get(outcome);
    if (adder == null) {
      throw new IllegalStateException("no count of " + outcome);
    }
    return adder;
  }
}
