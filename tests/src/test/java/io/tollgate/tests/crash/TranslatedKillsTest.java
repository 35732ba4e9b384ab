package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Demo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Streams that are translated between protocols, of many callers with next to no means: each is
 * stopped in its caller's own way when the means are used up, and the gateway is killed in the
 * midst of them. What came whole is booked exactly, nothing twice, and the means never fall below
 * zero.
 */
@Tag("slow")
@Tag("cluster")
class TranslatedKillsTest {
  private static final int CALLERS = 20;
  private static final int KILLS = 3;

  /** Tokens of a stream; not all of them can be paid for. */
  private static final int OUTPUT = 600;

  /** Who asks whom in which protocol. */
  private record Translation(Tongue tongue, String model, long dollarsNano) {}

  private static final List<Translation> TRANSLATIONS =
      List.of(
          new Translation(Tongue.MESSAGES, Prices.MODEL, 220_000),
          new Translation(Tongue.GEMINI, Prices.MODEL, 220_000),
          new Translation(Tongue.CHAT, Prices.CLAUDE, 5_500_000),
          new Translation(Tongue.RESPONSES, Prices.CLAUDE, 5_500_000));

  @Test
  void streams_between_protocols_are_charged_exactly_whoever_dies_or_runs_out_of_means()
      throws Exception {
    long seed = Long.getLong("tollgate.test.seed", System.nanoTime() % 1_000_000);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    System.out.println("seed " + seed);
    try (CrashWorld world = new CrashWorld()) {
      Demo.User user = world.cluster().demo().user(2);
      Round round = new Round(world.cluster());
      Tally stopped = new Tally();
      for (Translation translation : TRANSLATIONS) {
        round.means().giveMoney(user, translation.dollarsNano);
        Load one =
            Load.untilNoMeans(
                1, seed, _ -> world.gateway().url(), of -> call(user, translation, of));
        one.gate().open();
        Tally tally = one.awaitLeft();
        assertThat(tally.completed().values())
            .as(translation + " " + tally.refused())
            .singleElement()
            .satisfies(answer -> assertThat(answer.stopped()).as(answer.toString()).isTrue());
        stopped = Tally.of(stopped, tally);
      }
      KillWindows windows = new KillWindows(round.started());
      Load load =
          new Load(
              CALLERS,
              seed,
              _ -> world.gateway().url(),
              of -> call(user, TRANSLATIONS.get(of.nextInt(TRANSLATIONS.size())), of));
      for (int kill = 0; kill < KILLS; kill++) {
        round.means().giveMoney(user, 10_000_000 + random.nextInt(10_000_000));
        load.gate().open();
        strike(world, load, windows, random);
      }
      Tally all = load.end();
      Round.Outcome outcome = round.end(Tally.of(stopped, all));
      assertThat(outcome.faults()).isEmpty();
      assertThat(windows.faults(outcome.comparison().inDoubtOpened())).isEmpty();
      assertThat(windows.cutOff()).as("streams that a kill has cut off").isPositive();
      assertThat(all.completed()).hasSizeGreaterThan(KILLS);
      assertThat(all.withoutMeans()).isPositive();
      assertThat(outcome.comparison().owed()).as("charges beyond the means").isZero();
    }
  }

  /** In the midst of streams. */
  private static void strike(
      CrashWorld world, Load load, KillWindows windows, RandomGenerator random) {
    Tally tally = load.tally();
    int enough = tally.completed().size() + random.nextInt(8);
    Instant until = Instant.now().plusMillis(1_500);
    await("streams under way")
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ofMillis(100 + random.nextInt(300)))
        .pollInterval(Duration.ofMillis(1 + random.nextInt(10)))
        .until(
            () ->
                tally.inFlight() > 0
                    && (tally.completed().size() >= enough || Instant.now().isAfter(until)));
    long before = tally.unknown();
    load.gate().shut();
    world.kill(Victim.GATEWAY, random);
    await("callers know of it").until(() -> tally.inFlight() == 0);
    windows.add(Victim.GATEWAY, Instant.now(), tally.unknown() - before);
  }

  private static Call call(Demo.User user, Translation translation, RandomGenerator random) {
    return new Call(
        user,
        true,
        OUTPUT,
        "What is a toll worth? " + random.nextInt(1_000_000),
        "output_tokens=" + OUTPUT + "; chunk_ms=1",
        translation.tongue,
        translation.model);
  }
}
