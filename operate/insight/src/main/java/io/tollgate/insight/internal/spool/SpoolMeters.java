package io.tollgate.insight.internal.spool;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.insight.internal.store.StoreStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** What becomes of the entries of the request log. Safe for use by many threads. */
public final class SpoolMeters {
  private final Counter spooled;
  private final Counter sampledOut;
  private final Counter lost;
  private final Counter stored;
  private final Counter unread;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong oldestSeconds = new AtomicLong();
  private volatile OptionalLong waitingSince = OptionalLong.empty();

  public SpoolMeters(MeterRegistry meters, SpoolFolder folder) {
    spooled = counter(meters, "spooled", "Requests that wait for the store, or have.");
    sampledOut =
        counter(meters, "sampled.out", "Refused requests of a flood that another stands for.");
    lost = counter(meters, "lost", "Requests that could not be logged: the spool is full.");
    stored = counter(meters, "stored", "Requests in the store.");
    unread = counter(meters, "unread", "Parts of spools that could not be read.");
    Gauge.builder("tollgate.request.log.spool.bytes", folder, SpoolFolder::bytes)
        .description("Bytes on disk that wait for the store, or are kept ready.")
        .register(meters);
    Gauge.builder("tollgate.request.log.lag.seconds", this, SpoolMeters::lagSeconds)
        .description("For how long the store has not taken what waits; 0 while it does.")
        .register(meters);
    gauge(meters, "rows", rows, "Requests that the store holds.");
    gauge(meters, "store.bytes", bytes, "Bytes of the store on disk.");
    gauge(meters, "oldest.seconds", oldestSeconds, "Age of the oldest request in the store.");
  }

  private static void gauge(
      MeterRegistry meters, String name, AtomicLong value, String description) {
    Gauge.builder("tollgate.request.log." + name, value, AtomicLong::get)
        .description(description)
        .register(meters);
  }

  void spooled() {
    spooled.increment();
  }

  void sampledOut() {
    sampledOut.increment();
  }

  void lost() {
    lost.increment();
  }

  void unread() {
    unread.increment();
  }

  /** These were taken by the store, and nothing waits. */
  public void stored(int entries) {
    stored.increment(entries);
    waitingSince = OptionalLong.empty();
  }

  /** The store did not take what waits since then, monotonic time. */
  public void waiting(long sinceNanos) {
    waitingSince = OptionalLong.of(sinceNanos);
  }

  /** What the store holds, measured now and then. */
  public void holds(StoreStanding standing, Instant now) {
    rows.set(standing.rows());
    bytes.set(standing.bytes());
    oldestSeconds.set(
        standing.oldest().map(time -> Duration.between(time, now).toSeconds()).orElse(0L));
  }

  private double lagSeconds() {
    OptionalLong since = waitingSince;
    return since.isEmpty() ? 0 : (System.nanoTime() - since.getAsLong()) / 1e9;
  }

  private static Counter counter(MeterRegistry meters, String name, String description) {
    return Counter.builder("tollgate.request.log." + name)
        .description(description)
        .register(meters);
  }
}
