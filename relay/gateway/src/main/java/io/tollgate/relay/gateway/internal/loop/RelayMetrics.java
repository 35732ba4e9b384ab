package io.tollgate.relay.gateway.internal.loop;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.ErrorCode;
import io.tollgate.relay.gateway.internal.provider.AttemptResult;
import io.tollgate.relay.protocols.usage.UsageRule;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The gateway's meters, all made at start. Safe for use by many threads. */
public final class RelayMetrics {
  private static final String REQUESTS = "tollgate.relay.requests";

  private final Counter served;
  private final Counter hungUp;
  private final Counter cutShort;
  private final Counter unrecorded;
  private final Map<ErrorCode, Counter> refused = new EnumMap<>(ErrorCode.class);
  private final Map<AttemptResult, Counter> attempts = new EnumMap<>(AttemptResult.class);
  private final Map<UsageRule, Counter> disbelieved = new EnumMap<>(UsageRule.class);
  private final Map<UsageKind, Counter> withoutPrice = new EnumMap<>(UsageKind.class);
  private final Map<CacheUse, Counter> cached = new EnumMap<>(CacheUse.class);
  private final AtomicInteger readingOn = new AtomicInteger();
  private final Timer firstToken;
  private final Timer latency;

  public RelayMetrics(
      MeterRegistry registry, RunningRequests running, MemoryBudget memory, SpoolFiles spools) {
    served = registry.counter(REQUESTS, "outcome", "served");
    hungUp = registry.counter(REQUESTS, "outcome", "hung_up");
    cutShort = registry.counter(REQUESTS, "outcome", "cut_short");
    unrecorded = registry.counter("tollgate.relay.unrecorded");
    for (ErrorCode code : ErrorCode.values()) {
      refused.put(code, registry.counter(REQUESTS, "outcome", lower(code)));
    }
    for (AttemptResult result : AttemptResult.values()) {
      attempts.put(
          result, registry.counter("tollgate.relay.upstream.attempts", "result", lower(result)));
    }
    for (CacheUse use : CacheUse.values()) {
      cached.put(use, registry.counter("tollgate.relay.cache.requests", "result", lower(use)));
    }
    for (UsageRule rule : UsageRule.values()) {
      disbelieved.put(
          rule, registry.counter("tollgate.relay.usage.disbelieved", "rule", lower(rule)));
    }
    for (UsageKind kind : UsageKind.all()) {
      withoutPrice.put(
          kind, registry.counter("tollgate.relay.usage.without.price", "kind", kind.code()));
    }
    firstToken =
        timer("tollgate.relay.first.token", "arrival to first content passed on", registry);
    latency = timer("tollgate.relay.request.duration", "arrival to end of the answer", registry);
    Gauge.builder("tollgate.relay.in.flight", running, RunningRequests::count).register(registry);
    Gauge.builder("tollgate.relay.reading.on", readingOn, AtomicInteger::get)
        .description("running requests whose caller hung up")
        .register(registry);
    Gauge.builder("tollgate.relay.memory.bytes", memory, MemoryBudget::taken).register(registry);
    Gauge.builder("tollgate.relay.form.files.bytes", spools, SpoolFiles::taken)
        .description("forms of running requests that wait in files")
        .register(registry);
  }

  public void served() {
    served.increment();
  }

  public void hungUp() {
    hungUp.increment();
  }

  /** A caller hung up while their request runs; and that request is over. */
  public void readingOn(boolean begins) {
    readingOn.addAndGet(begins ? 1 : -1);
  }

  /** A stream ended because nothing was left to pay for more. */
  public void cutShort() {
    cutShort.increment();
  }

  /** A result that was not recorded in time. */
  public void unrecorded() {
    unrecorded.increment();
  }

  /** A request of somebody whose answers are kept. */
  public void cached(CacheUse use) {
    Counter counter = cached.get(use);
    if (counter != null) {
      counter.increment();
    }
  }

  public void refused(ErrorCode code) {
    Counter counter = refused.get(code);
    if (counter != null) {
      counter.increment();
    }
  }

  public void attempt(AttemptResult result) {
    Counter counter = attempts.get(result);
    if (counter != null) {
      counter.increment();
    }
  }

  /** A report of usage that broke a rule. */
  public void disbelieved(UsageRule rule) {
    Counter counter = disbelieved.get(rule);
    if (counter != null) {
      counter.increment();
    }
  }

  /** A request that used something which its model has no price for. */
  public void withoutPrice(UsageKind kind) {
    Counter counter = withoutPrice.get(kind);
    if (counter != null) {
      counter.increment();
    }
  }

  /** The first content of a stream was passed on so long after its request had arrived. */
  public void firstToken(long ms) {
    firstToken.record(ms, TimeUnit.MILLISECONDS);
  }

  public void latency(long ms) {
    latency.record(ms, TimeUnit.MILLISECONDS);
  }

  private static Timer timer(String name, String description, MeterRegistry registry) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2))
        .register(registry);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
