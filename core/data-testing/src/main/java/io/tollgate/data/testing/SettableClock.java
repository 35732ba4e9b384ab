package io.tollgate.data.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * A clock that goes only when it is told to. As an {@link InstantSource} it tells what time it is,
 * as a {@link LongSupplier} monotonic nanoseconds, which start just before they overflow. May be
 * read and moved from any thread.
 */
public final class SettableClock implements InstantSource, LongSupplier {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final long START_NANOS = Long.MAX_VALUE - 1_000;

  private final AtomicReference<Instant> now;
  private final AtomicLong nanos = new AtomicLong(START_NANOS);

  /** Starts on a Saturday in November 2026. */
  public SettableClock() {
    this(START);
  }

  /** Starts at some time. */
  public SettableClock(Instant start) {
    now = new AtomicReference<>(requireNonNull(start, "start is null"));
  }

  /** Time passes. */
  public void advance(Duration by) {
    var unused = now.updateAndGet(instant -> instant.plus(by));
    nanos.addAndGet(by.toNanos());
  }

  /** The time is put right, forward or back; the monotonic nanoseconds do not see it. */
  public void set(Instant instant) {
    now.set(instant);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public long getAsLong() {
    return nanos.get();
  }
}
