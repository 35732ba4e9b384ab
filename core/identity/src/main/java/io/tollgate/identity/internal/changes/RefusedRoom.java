package io.tollgate.identity.internal.changes;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;

/** How many refused calls may be written within the minute. Safe for use by many threads. */
final class RefusedRoom {
  private static final long MINUTE_SECONDS = 60;

  private final InstantSource clock;
  private final int max;
  private long minute = Long.MIN_VALUE;
  private int taken;

  RefusedRoom(InstantSource clock, int max) {
    this.clock = requireNonNull(clock, "clock is null");
    this.max = max;
  }

  /** Takes one, if there is one left. */
  synchronized boolean take() {
    long now = Math.floorDiv(clock.instant().getEpochSecond(), MINUTE_SECONDS);
    if (now != minute) {
      minute = now;
      taken = 0;
    }
    if (taken >= max) {
      return false;
    }
    taken++;
    return true;
  }
}
