package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Demo;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway that dies at each named step of the money path, under load. */
@Tag("slow")
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamedCrashTest {
  private static final String VARIABLE = "TOLLGATE_CRASH_AT";
  private static final int HALTED = 137;
  private static final int CALLERS = 8;

  private CrashWorld world;

  @BeforeAll
  void start() {
    world = new CrashWorld();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "intent-staged, 7",
    "intent-written, 20",
    "upstream-answered, 20",
    "result-staged, 20",
    "result-written, 20",
    "settlement-begun, 2",
    "settlement-committed, 2",
    "lease-asked, 2",
    "lease-answered, 2"
  })
  void nothing_is_lost_or_charged_twice_when_a_gateway_dies_at(String step, int time)
      throws Exception {
    Round round = new Round(world.cluster());
    world.gateway().killHard();
    world.gateway().launch(Map.of(VARIABLE, step + ":" + time));
    world.gateway().awaitReady();
    Load load = load(step);
    load.gate().open();
    assertThat(world.gateway().awaitEnd(Duration.ofSeconds(60))).isEqualTo(HALTED);
    load.gate().shut();
    world.gateway().start();
    endsWell(round, load);
  }

  /** Requests use more than was reserved, since no more than one token of output is reserved. */
  @Test
  void
      nothing_is_lost_or_charged_twice_when_a_gateway_dies_before_use_beyond_the_reservation_is_paid()
          throws Exception {
    Round round = new Round(world.cluster());
    world.gateway().killHard();
    world
        .gateway()
        .launch(
            Map.of(
                VARIABLE, "result-beyond-reserved:20", "TOLLGATE_RELAY_ESTIMATE_OUTPUT_CAP", "1"));
    world.gateway().awaitReady();
    Load load =
        new Load(
            CALLERS, 20, number -> world.gateway().url(), random -> next(random).withoutLimit());
    load.gate().open();
    assertThat(world.gateway().awaitEnd(Duration.ofSeconds(60))).isEqualTo(HALTED);
    load.gate().shut();
    world.gateway().start();
    endsWell(round, load);
  }

  @ParameterizedTest
  @CsvSource({"recovery-planned", "recovery-committed"})
  void nothing_is_lost_or_charged_twice_when_a_recovering_gateway_dies_at(String step)
      throws Exception {
    Round round = new Round(world.cluster());
    Load load = load(step);
    load.gate().open();
    load.awaitMore(20);
    load.gate().shut();
    world.gateway().killHard();
    world.gateway().launch(Map.of(VARIABLE, step));
    assertThat(world.gateway().awaitEnd(Duration.ofSeconds(60))).isEqualTo(HALTED);
    world.gateway().start();
    endsWell(round, load);
  }

  private void endsWell(Round round, Load load) throws Exception {
    load.gate().open();
    load.awaitMore(20);
    Round.Outcome outcome = round.end(load.end());
    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.comparison().inDoubt()).isLessThanOrEqualTo(CALLERS);
  }

  private Load load(String step) {
    return new Load(CALLERS, step.hashCode(), number -> world.gateway().url(), this::next);
  }

  private Call next(RandomGenerator random) {
    Demo.User user = world.cluster().demo().user(random.nextInt(2));
    return Call.random(user, random);
  }
}
