package io.tollgate.ledger.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes the id and the time of transfers, together: version 7 UUIDs (RFC 9562) whose 60 leading
 * bits are the microsecond of posting, so that a range of time is a range of ids and newest first
 * is an order of the primary key. Within one process no two transfers share a microsecond. Safe for
 * use by many threads.
 */
public final class PostingClock {
  /** How far a clock that is set back is not followed; beyond, it is believed. */
  private static final long STEP_BACK_IGNORED_MICROS = 1_000_000;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final AtomicLong lastMicros = new AtomicLong();

  public PostingClock(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A new id with its time. */
  public Stamp next() {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    long micros = lastMicros.updateAndGet(last -> after(last, now));
    long low = 0x8000_0000_0000_0000L | (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL);
    return new Stamp(new UUID(high(micros), low), Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Index of the shard that a transaction's credits to hot accounts go to. */
  public int pickShard(int shards) {
    return random.nextInt(shards);
  }

  /** The smallest id a transfer posted at this time or later has. */
  public static UUID lowestId(Instant from) {
    Instant bounded = from.isBefore(Instant.EPOCH) ? Instant.EPOCH : from;
    return new UUID(high(ChronoUnit.MICROS.between(Instant.EPOCH, bounded)), Long.MIN_VALUE);
  }

  private static long after(long last, long now) {
    boolean aStepBack = now <= last && last - now < STEP_BACK_IGNORED_MICROS;
    return aStepBack ? last + 1 : now;
  }

  private static long high(long micros) {
    return ((micros / 1000) << 16) | 0x7000L | (micros % 1000);
  }

  /** When a transfer is posted, and under which id. */
  public record Stamp(UUID id, Instant at) {}
}
