package io.tollgate.tests.crash;

import static org.awaitility.Awaitility.await;

import io.tollgate.tests.crash.Books.Booked;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Program;
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
  private static final int MOST_ANSWERS = 150;
  private static final Duration LONGEST_LOAD = Duration.ofSeconds(5);
  private static final Duration REST = Duration.ofSeconds(60);

  private final CrashWorld world;
  private final long seed;
  private final int kills;
  private final RandomGenerator random;
  private final Map<Victim, Integer> victims = new EnumMap<>(Victim.class);
  private final List<String> faults = new ArrayList<>();
  private long inFlightAtKills;

  CrashRun(CrashWorld world, long seed, int kills) {
    this.world = world;
    this.seed = seed;
    this.kills = kills;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** What came of it; its faults are what must not be. */
  CrashReport run() throws Exception {
    Instant started = Instant.now();
    Books books = world.books();
    Witness witness = new Witness(world.cluster().served());
    Means means = new Means(world.cluster(), books);
    means.giveMoney(user(2), 1_000_000);
    Load load = new Load(CALLERS, seed, number -> world.gateway().url(), this::next);
    for (int kill = 0; kill < kills; kill++) {
      load.gate().open();
      awaitSome(load.tally());
      strike(load);
      topUp(means);
    }
    load.gate().open();
    awaitSome(load.tally());
    Tally tally = load.end();
    Map<String, List<Booked>> booked = awaitRest(started, tally);
    Comparison comparison =
        new Comparison(tally.completed(), witness.served(), booked, books.undecided());
    faults.addAll(comparison.faults());
    faults.addAll(means.faults(booked.values()));
    checkAnswers(tally);
    if (comparison.inDoubt() > tally.unknown()) {
      faults.add(comparison.inDoubt() + " in doubt (expected: <= " + tally.unknown() + ")");
    }
    Program.Ended audit = world.cluster().audit();
    if (audit.exitCode() != 0) {
      faults.add("audit: " + audit.output());
    }
    return CrashReport.of(
        started, seed, victims, tally, inFlightAtKills, comparison, List.copyOf(faults));
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

  private void strike(Load load) {
    Victim victim = Victim.choose(random);
    victims.merge(victim, 1, Integer::sum);
    inFlightAtKills += load.tally().inFlight();
    if (victim == Victim.SANDBOX || victim == Victim.POSTGRES) {
      // callers go on: what they get is an error, and what was let through stays booked
      world.kill(victim, random);
      return;
    }
    load.gate().shut();
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

  private Map<String, List<Booked>> awaitRest(Instant started, Tally tally) {
    Books books = world.books();
    await("everything is settled and nothing is held")
        .atMost(REST)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(
            () ->
                books.open() == 0
                    && books.held() == 0
                    && books.since(started).keySet().containsAll(tally.completed().keySet()));
    return books.since(started);
  }

  /** Whatever is killed, callers are told what is so, and nothing is called a fault of ours. */
  private void checkAnswers(Tally tally) {
    for (int status : List.of(400, 401, 403, 404, 500)) {
      if (tally.refused().containsKey(status)) {
        faults.add(tally.refused().get(status) + " x " + status + ": " + tally.sample(status));
      }
    }
  }
}
