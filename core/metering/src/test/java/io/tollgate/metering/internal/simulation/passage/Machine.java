package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.meterlog.LogReader;
import io.tollgate.metering.internal.settlement.LogStanding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A machine: its disk, its clock, the boot it is under, and the process that runs there, if any.
 */
final class Machine {
  final int id;
  final Disk disk;

  /** A copy of another machine's disk, or of its memory. */
  final boolean copy;

  UUID boot;
  Optional<Gateway> gateway = Optional.empty();

  /** What its wall clock is off, which may change at any time. */
  long clockOffNanos;

  /** Where its wall clock stands still, if it does. */
  Optional<Instant> clockStandsAt = Optional.empty();

  Machine(int id, Disk disk, UUID boot, boolean copy) {
    this.id = id;
    this.disk = disk;
    this.boot = boot;
    this.copy = copy;
  }

  Instant clock(Instant time) {
    return clockStandsAt.orElse(time.plusNanos(clockOffNanos));
  }

  boolean isDead() {
    return gateway.isEmpty();
  }

  Optional<Gateway> running() {
    return gateway.filter(g -> !g.frozen);
  }

  /** The place that this machine's own files have at a number, if any. */
  LogStanding ownPlace(LogStanding standing) {
    if (!disk.logs().contains(standing.log())) {
      return standing;
    }
    List<LogPosition> found = new ArrayList<>();
    try {
      var _ =
          LogReader.of(disk.log(standing.log()))
              .scan(
                  one -> {
                    if (one.position().sequence() == standing.position().sequence()) {
                      found.add(one.position());
                    }
                  });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.isEmpty()
        ? standing
        : new LogStanding(standing.log(), standing.state(), found.getFirst(), standing.segment());
  }
}
