package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.cluster.Service;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One data directory, or what looks like one, and two processes. */
@Tag("slow")
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopiedDirectoryTest {
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

  @Test
  void a_second_gateway_on_one_directory_is_refused_and_told_who_holds_it() {
    Service second = world.cluster().gateway("gateway");
    second.launch();
    assertThat(second.awaitEnd(Duration.ofMinutes(2))).isEqualTo(1);
    assertThat(second.printed()).contains("pid " + world.gateway().pid());
    assertThat(world.gateway().answers()).isTrue();
  }

  @Test
  void a_copy_started_beside_its_original_is_found_and_nothing_is_lost() throws Exception {
    Round round = new Round(world.cluster());
    Load load = new Load(CALLERS, 1, number -> world.gateway().url(), this::next);
    load.gate().open();
    load.awaitMore(50);
    Service copy = world.cluster().copyOf(world.gateway(), "copy");
    copy.launch();
    await("one of the two has stopped")
        .atMost(Duration.ofMinutes(2))
        .until(() -> !copy.isRunning() || !world.gateway().isRunning());
    load.gate().shut();
    for (Service service : List.of(copy, world.gateway())) {
      if (service.isRunning()) {
        service.killHard();
      }
    }
    world.gateway().start();
    load.gate().open();
    load.awaitMore(50);
    assertThat(round.end(load.end()).faults()).isEmpty();
  }

  private Call next(RandomGenerator random) {
    return Call.random(world.cluster().demo().user(random.nextInt(2)), random);
  }
}
