package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Demo;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that has forgotten what was settled last, as after a fail-over or a restore. */
@Tag("slow")
class PutBackDatabaseTest {
  private static final int CALLERS = 8;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_was_settled_is_settled_again_from_the_meter_log(boolean gatewayIsKilled)
      throws Exception {
    try (CrashWorld world = new CrashWorld()) {
      Round round = new Round(world.cluster());
      Load load =
          new Load(CALLERS, 1, number -> world.gateway().url(), random -> next(world, random));
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
      Round.Outcome outcome = round.end(load.end());
      assertThat(outcome.faults()).isEmpty();
    }
  }

  private static Call next(CrashWorld world, RandomGenerator random) {
    Demo.User user = world.cluster().demo().user(random.nextInt(2));
    return Call.random(user, random);
  }
}
