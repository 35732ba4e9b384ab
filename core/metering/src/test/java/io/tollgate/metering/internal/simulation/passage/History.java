package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.metering.Durability;
import io.tollgate.metering.internal.simulation.passage.Event.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Seeded histories: each seed has its own setup, length and mixture of faults. */
record History(Setup setup, List<Event> events) {
  private static final Kind[] CALM = {
    Kind.OPEN,
    Kind.OPEN,
    Kind.OPEN,
    Kind.STREAM,
    Kind.STREAM,
    Kind.FINISH,
    Kind.FINISH,
    Kind.FINISH,
    Kind.WORK,
    Kind.WORK,
    Kind.WORK,
    Kind.WORK,
    Kind.DELIVER,
    Kind.DELIVER,
    Kind.DELIVER,
    Kind.DELIVER,
    Kind.TICK,
    Kind.TICK,
    Kind.SETTLE,
    Kind.SETTLE,
    Kind.START
  };

  /** One in so many histories has large records. */
  private static final int LARGE = 11;

  /** One in so many has spend limits. */
  private static final int LIMITED = 3;

  /** Neighbours here are often together in a history. */
  private static final Kind[] FAULTS = {
    Kind.DROP,
    Kind.DUPLICATE,
    Kind.HANG_UP,
    Kind.CREDIT,
    Kind.KILL,
    Kind.START,
    Kind.CUT_POWER,
    Kind.START,
    Kind.BREAK_DISK,
    Kind.CUT_POWER,
    Kind.FILL_DISK,
    Kind.KILL,
    Kind.TWIN,
    Kind.KILL,
    Kind.START,
    Kind.COPY_DISK,
    Kind.START,
    Kind.CLOSE,
    Kind.FREEZE,
    Kind.THAW,
    Kind.GIVE_UP,
    Kind.THAW,
    Kind.KILL,
    Kind.START,
    Kind.BACKUP,
    Kind.RESTORE,
    Kind.TIDY,
    Kind.UNBOOKABLE,
    Kind.DECIDE,
    Kind.CLOCK,
    Kind.CUT_OFF_DATABASE,
    Kind.DO_LATE
  };

  History {
    events = List.copyOf(events);
  }

  static History of(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Setup setup =
        new Setup(
            random.nextInt(3) == 0 ? Durability.DISK : Durability.PROCESS,
            1 + random.nextInt(3),
            1 + random.nextInt(2),
            false,
            seed % LIMITED == LIMITED - 1);
    if (seed % LARGE == LARGE / 2) {
      setup = new Setup(setup.durability(), 1, 1, true, setup.limited());
    }
    int length = 10 + random.nextInt(150);
    int faultsPerHundred = random.nextInt(4) * 8;
    int kinds = 1 + random.nextInt(1 + random.nextInt(FAULTS.length));
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
    return new History(setup, events);
  }
}
