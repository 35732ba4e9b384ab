package io.tollgate.relay.gateway.internal.realtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the sessions of one gateway, within their bound, and what becomes of them. Safe for use by
 * many threads.
 */
public final class RealtimeMeters {
  private final int sessionsMax;
  private final AtomicInteger sessions = new AtomicInteger();
  private final Counter byCaller;
  private final Counter byProvider;
  private final Counter transcriptions;
  private final Map<SessionEnd.Cause, Counter> ended = new EnumMap<>(SessionEnd.Cause.class);

  public RealtimeMeters(MeterRegistry registry, int sessionsMax) {
    this.sessionsMax = sessionsMax;
    Gauge.builder("tollgate.relay.realtime.sessions", sessions, AtomicInteger::get)
        .description("open realtime sessions, those being opened included")
        .register(registry);
    byCaller = registry.counter("tollgate.relay.realtime.responses", "begun", "caller");
    byProvider = registry.counter("tollgate.relay.realtime.responses", "begun", "provider");
    transcriptions = registry.counter("tollgate.relay.realtime.transcriptions");
    for (SessionEnd.Cause cause : SessionEnd.Cause.values()) {
      ended.put(
          cause,
          registry.counter(
              "tollgate.relay.realtime.ended", "cause", cause.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** A session begins, unless too many are open. */
  boolean tryBegin() {
    if (sessions.incrementAndGet() > sessionsMax) {
      sessions.decrementAndGet();
      return false;
    }
    return true;
  }

  void end() {
    sessions.decrementAndGet();
  }

  void response(boolean askedFor) {
    (askedFor ? byCaller : byProvider).increment();
  }

  void transcription() {
    transcriptions.increment();
  }

  void ended(SessionEnd.Cause cause) {
    Counter counter = ended.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }
}
