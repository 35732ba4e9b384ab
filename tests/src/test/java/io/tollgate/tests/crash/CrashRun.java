package io.tollgate.tests.crash;

import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Demo;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Load, kills, rest, and the books beside the witness: everything follows from the seed. */
final class CrashRun {
  private static final int CALLERS = 12;
  private static final int MOST_ANSWERS = 150;
  private static final Duration LONGEST_LOAD = Duration.ofSeconds(5);

  private final CrashWorld world;
  private final long seed;
  private final int kills;
  private final RandomGenerator random;
  private final Map<Victim, Integer> victims = new EnumMap<>(Victim.class);
  private long inFlightAtKills;

  CrashRun(CrashWorld world, long seed, int kills) {
    this.world = world;
    this.seed = seed;
    this.kills = kills;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** What came of it; its faults are what must not be. */
  CrashReport run() throws Exception {
    Round round = new Round(world.cluster());
    round.means().giveMoney(user(2), 1_000_000);
    Load load = new Load(CALLERS, seed, number -> world.gateway().url(), this::next);
    for (int kill = 0; kill < kills; kill++) {
      load.gate().open();
      awaitSome(load.tally());
      strike(load);
      topUp(round.means());
    }
    load.gate().open();
    awaitSome(load.tally());
    return CrashReport.of(round.started(), seed, victims, inFlightAtKills, round.end(load.end()));
  }

  /** A moment in the middle of it: some more answers, however fast they come, or some time. */
  private void awaitSome(Tally tally) {
    int enough = tally.completed().size() + random.nextInt(MOST_ANSWERS);
    long until = System.nanoTime() + LONGEST_LOAD.toNanos();
    await("load")
        .atMost(LONGEST_LOAD.plusSeconds(10))
        .pollDelay(Duration.ofMillis(random.nextInt(50)))
        .pollInterval(Duration.ofMillis(1 + random.nextInt(10)))
        .until(() -> tally.completed().size() >= enough || System.nanoTime() > until);
  }

  /** Where a gateway lives on, its callers go on. */
  private void strike(Load load) {
    Victim victim = Victim.choose(random);
    victims.merge(victim, 1, Integer::sum);
    inFlightAtKills += load.tally().inFlight();
    if (victim.gateway()) {
      load.gate().shut();
    }
    world.kill(victim, random);
  }

  /** Little enough that what a user has runs out between two kills. */
  private void topUp(Means means) {
    means.giveMoney(user(2), 50_000 + random.nextInt(500_000));
    if (random.nextInt(3) == 0) {
      means.giveTokens(user(1), 1 + random.nextInt(1_000));
    }
  }

  private Call next(RandomGenerator of) {
    int drawn = of.nextInt(5);
    return Call.random(user(drawn < 2 ? 0 : drawn < 4 ? 1 : 2), of);
  }

  private Demo.User user(int number) {
    return world.cluster().demo().user(number);
  }
}
