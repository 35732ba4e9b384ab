package io.tollgate.trading.engine.internal.monitor;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.internal.monitor.StoredScans.Kept;
import io.tollgate.trading.engine.internal.monitor.StoredScans.Key;
import io.tollgate.trading.engine.scan.ScanSubject;
import io.tollgate.trading.engine.scan.StrategyScan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A subject in this process's memory: its state as it was kept last. For one thread at a time. */
final class ScanSlot {
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final int DOUBLINGS = 6;

  private final ScanSubject subject;
  private final Key key;
  private @Nullable StrategyScan scan;
  private long version;
  private long seenBefore = Long.MIN_VALUE;
  private Optional<Instant> coolingUntil = Optional.empty();
  private boolean revised;
  private int misses;
  private long lastLook;
  private long notBefore;

  /**
   * @param now by a clock of nanoseconds
   */
  ScanSlot(ScanSubject subject, long now) {
    this.subject = requireNonNull(subject, "subject is null");
    this.key = new Key(subject.strategy(), subject.symbol().toString());
    this.lastLook = now;
    this.notBefore = now;
  }

  ScanSubject subject() {
    return subject;
  }

  Key key() {
    return key;
  }

  /** The scan, where it is known. */
  Optional<StrategyScan> scan() {
    return Optional.ofNullable(scan);
  }

  /** Goes on from what is kept, or begins anew where that cannot be gone on from. */
  StrategyScan load(Kept kept) {
    version = kept.version();
    coolingUntil = kept.coolingUntil();
    seenBefore = kept.state().map(state -> state.last().openTime()).orElse(Long.MIN_VALUE);
    StrategyScan loaded =
        kept.state()
            .filter(_ -> !revised)
            .flatMap(state -> state.resumed(subject))
            .orElseGet(() -> StrategyScan.fresh(subject));
    scan = loaded;
    return loaded;
  }

  /** Gives up what was seen: it is made again from history. */
  void revise() {
    revised = true;
    scan = null;
  }

  boolean revised() {
    return revised;
  }

  /** What is in memory is not what is kept, or may not be. */
  void forget() {
    scan = null;
  }

  long version() {
    return version;
  }

  /** When the last bar opened that was spoken of, whatever became of the state since. */
  long seenBefore() {
    return seenBefore;
  }

  Optional<Instant> coolingUntil() {
    return coolingUntil;
  }

  /** It is kept. */
  void kept(long lastOpenTime, Optional<Instant> cooling) {
    version++;
    seenBefore = Math.max(seenBefore, lastOpenTime);
    coolingUntil = cooling;
    revised = false;
  }

  /** Whether it is to be looked at. */
  boolean isDue(Optional<Instant> marketNow, Duration interval, long now) {
    if (now - notBefore < 0) {
      return false;
    }
    boolean barClosed =
        marketNow.isEmpty()
            || scan()
                .flatMap(StrategyScan::nextOpenTime)
                .map(
                    next -> next + subject.timeframe().lengthMs() <= marketNow.get().toEpochMilli())
                .orElse(true);
    return barClosed || now - lastLook >= interval.toNanos();
  }

  /** A look has brought bars. */
  void hit(long now) {
    lastLook = now;
    notBefore = now;
    misses = 0;
  }

  /** A look has brought nothing, or failed: the next one waits, longer each time. */
  void miss(long now, Duration atLeast) {
    lastLook = now;
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(misses, DOUBLINGS));
    misses++;
    if (wait.compareTo(LONGEST_WAIT) > 0) {
      wait = LONGEST_WAIT;
    }
    notBefore = now + (wait.compareTo(atLeast) < 0 ? atLeast : wait).toNanos();
  }
}
