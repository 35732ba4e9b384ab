package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.trading.engine.execution.simulation.Event.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Seeded histories: each seed has its own length and mixture of faults. */
final class History {
  private static final Kind[] CALM = {
    Kind.SIGNAL,
    Kind.DISPATCH,
    Kind.DISPATCH,
    Kind.CLAIM,
    Kind.CLAIM,
    Kind.STEP,
    Kind.STEP,
    Kind.STEP,
    Kind.STEP,
    Kind.STEP,
    Kind.DELIVER,
    Kind.DELIVER,
    Kind.DELIVER,
    Kind.ANSWER,
    Kind.ANSWER,
    Kind.ANSWER,
    Kind.TICK,
    Kind.PRICE,
    Kind.PRICE,
    Kind.WATCH,
    Kind.WATCH,
    Kind.TELL,
    Kind.MARKET
  };

  /** Neighbours here are often together in a history. */
  private static final Kind[] FAULTS = {
    Kind.LOSE,
    Kind.SLEEP,
    Kind.TIME_OUT,
    Kind.TICK,
    Kind.AGAIN,
    Kind.TIME_OUT,
    Kind.KILL,
    Kind.START,
    Kind.TICK,
    Kind.ECHO,
    Kind.SHORT_CLAIMS,
    Kind.TIME_OUT,
    Kind.KILL,
    Kind.START,
    Kind.BLUR_COMMIT
  };

  private History() {}

  static List<Event> of(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int length = 40 + random.nextInt(360);
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
