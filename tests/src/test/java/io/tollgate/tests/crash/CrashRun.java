package io.tollgate.tests.crash;

import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Demo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Load, kills, rest, and the books beside the witness: everything follows from the seed. */
final class CrashRun {
  private static final int CALLERS = 12;
  private static final int MOST_ANSWERS = 80;
  private static final Duration LONGEST_LOAD = Duration.ofMillis(1_500);

  private final CrashWorld world;
  private final long seed;
  private final int kills;
  private final RandomGenerator random;
  private final Map<Victim, Integer> victims = new EnumMap<>(Victim.class);

  CrashRun(CrashWorld world, long seed, int kills) {
    this.world = world;
    this.seed = seed;
    this.kills = kills;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /**
   * What came of it; its faults are what must not be. The last to be killed is the gateway: who
   * starts then serves nobody, so that all is at rest as soon as what is left behind is settled.
   */
  CrashReport run() throws Exception {
    Round round = new Round(world.cluster());
    KillWindows windows = new KillWindows(round.started());
    round.means().giveMoney(user(2), 1_000_000);
    Load load = new Load(CALLERS, seed, number -> world.gateway().url(), this::next);
    for (int kill = 1; kill <= kills; kill++) {
      load.gate().open();
      awaitSome(load.tally());
      strike(load, windows, kill == kills ? Victim.GATEWAY : Victim.choose(random));
      topUp(round.means());
    }
    Round.Outcome outcome = round.end(load.end());
    List<String> faults = new ArrayList<>(outcome.faults());
    faults.addAll(windows.faults(outcome.comparison().inDoubtOpened()));
    return CrashReport.of(round.started(), seed, victims, windows.cutOff(), outcome, faults);
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
  private void strike(Load load, KillWindows windows, Victim victim) {
    victims.merge(victim, 1, Integer::sum);
    Tally tally = load.tally();
    long before = tally.unknown();
    if (victim.gateway()) {
      load.gate().shut();
    }
    world.kill(victim, random);
    if (victim.gateway()) {
      await("callers know of it").until(() -> tally.inFlight() == 0);
      windows.add(victim, Instant.now(), tally.unknown() - before);
    }
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
