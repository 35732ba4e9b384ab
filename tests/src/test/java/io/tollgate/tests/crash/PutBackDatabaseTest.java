package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that has forgotten what was settled last, as after a fail-over or a restore. */
@Tag("slow")
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PutBackDatabaseTest {
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
  @ValueSource(booleans = {false, true})
  void what_was_settled_is_settled_again_from_the_meter_log(boolean gatewayIsKilled)
      throws Exception {
    Round round = new Round(world.cluster());
    Load load = new Load(CALLERS, 1, number -> world.gateway().url(), this::next);
    load.gate().open();
    load.awaitMore(50);
    world.cluster().postgres().remember();
    load.awaitMore(50);
    CrashWorld.pass(Duration.ofSeconds(1));
    load.awaitMore(50);
    if (gatewayIsKilled) {
      load.gate().shut();
      world.gateway().killHard();
    }
    world.cluster().postgres().goBack();
    if (gatewayIsKilled) {
      world.gateway().start();
      load.gate().open();
    }
    load.awaitMore(50);
    assertThat(round.end(load.end()).faults()).isEmpty();
  }

  private Call next(RandomGenerator random) {
    return Call.random(world.cluster().demo().user(random.nextInt(2)), random);
  }
}
