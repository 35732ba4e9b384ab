package io.tollgate.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that goes when it is told to; its monotonic time starts just before it overflows. */
public final class SettableClock implements InstantSource, LongSupplier {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final long START_NANOS = Long.MAX_VALUE - 1_000;

  private final AtomicLong elapsed = new AtomicLong();

  public void advance(Duration by) {
    elapsed.addAndGet(by.toNanos());
  }

  @Override
  public Instant instant() {
    return START.plusNanos(elapsed.get());
  }

  @Override
  public long getAsLong() {
    return START_NANOS + elapsed.get();
  }
}
