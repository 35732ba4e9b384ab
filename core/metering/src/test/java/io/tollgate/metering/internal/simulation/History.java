package io.tollgate.metering.internal.simulation;

import io.tollgate.metering.internal.simulation.Event.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Seeded histories: each seed has its own length and its own mixture of faults. */
final class History {
  private static final Kind[] CALM = {
    Kind.RESERVE,
    Kind.RESERVE,
    Kind.RESERVE,
    Kind.SETTLE,
    Kind.SETTLE,
    Kind.TICK,
    Kind.TICK,
    Kind.DELIVER,
    Kind.DELIVER,
    Kind.DELIVER,
    Kind.DELIVER,
    Kind.DELIVER,
    Kind.SETTLE_LOG
  };
  private static final Kind[] FAULTS = {
    Kind.DROP,
    Kind.DUPLICATE,
    Kind.DUPLICATE,
    Kind.CREDIT,
    Kind.KILL,
    Kind.RECOVER,
    Kind.FREEZE,
    Kind.THAW,
    Kind.THAW,
    Kind.LOST,
    Kind.COPY,
    Kind.BACKUP,
    Kind.RESTORE
  };

  private History() {}

  static List<Event> of(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int length = 10 + random.nextInt(150);
    int faultsPerHundred = random.nextInt(4) * 8;
    int kinds = 1 + random.nextInt(FAULTS.length);
    int offset = random.nextInt(FAULTS.length);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      boolean fault = random.nextInt(100) < faultsPerHundred;
      Kind kind =
          fault
              ? FAULTS[(offset + random.nextInt(kinds)) % FAULTS.length]
              : CALM[random.nextInt(CALM.length)];
      events.add(new Event(kind, random.nextInt(1 << 16), random.nextInt(1 << 16)));
    }
    return events;
  }
}
