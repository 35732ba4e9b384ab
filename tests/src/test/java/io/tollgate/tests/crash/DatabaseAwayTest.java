package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.Service;
import io.tollgate.tests.installation.Demo;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A gateway whose database has gone, for as long as it takes to write more into the meter log than
 * the process could keep in memory.
 */
@Tag("slow")
@Tag("cluster")
class DatabaseAwayTest {
  private static final int UNAVAILABLE = 503;
  private static final int CALLERS = 32;

  /** Each leaves an intent and a result: 200,000 records. */
  private static final int REQUESTS = 100_000;

  private static final Map<String, String> SMALL_HEAP = Map.of("_JAVA_OPTIONS", "-Xmx192m");

  /** What the JVM ends with after SIGTERM, once its hooks have run. */
  private static final int ENDED_WHEN_ASKED = 128 + 15;

  private static final Duration LONGEST = Duration.ofMinutes(8);

  @Test
  void requests_go_on_within_leases_and_all_is_booked_when_the_database_is_back() throws Exception {
    try (Cluster cluster = Cluster.start()) {
      Service gateway = cluster.gateway("gateway", "--metering-lease-idle-ms=3600000");
      gateway.launch(SMALL_HEAP);
      gateway.awaitReady();
      Round round = new Round(cluster);
      Demo.User rich = cluster.demo().user(2);
      Demo.User poor = cluster.demo().user(1);
      round.means().giveMoney(rich, 100_000_000_000L);

      // slices follow what requests reserve: these reserve a lot and use little
      AtomicBoolean large = new AtomicBoolean(true);
      Load load =
          new Load(
              CALLERS, 1, number -> gateway.url(), random -> call(rich, large.get() ? 16_000 : 1));
      Load poorly = new Load(1, 2, number -> gateway.url(), random -> call(poor, 1));
      load.gate().open();
      poorly.gate().open();
      load.awaitMore(4 * CALLERS);
      poorly.awaitMore(1);
      load.gate().shut();
      await("what is large has ended").until(() -> load.tally().inFlight() == 0);
      large.set(false);
      cluster.postgres().stop();

      long before = load.tally().completed().size();
      load.gate().open();
      await("more records than memory holds")
          .atMost(LONGEST)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () ->
                  load.tally().completed().size() - before >= REQUESTS
                      || refusals(load) > 0
                      || !gateway.isRunning());
      load.gate().shut();
      await("callers have their answers").until(() -> load.tally().inFlight() == 0);
      assertThat(gateway.isRunning()).isTrue();
      assertThat(load.tally().refused())
          .as(
              "after %d of %d, the lease was not used up: %s",
              load.tally().completed().size() - before, REQUESTS, load.tally().sample(UNAVAILABLE))
          .containsOnlyKeys(0);
      awaitRefusal(poorly);
      assertThat(poorly.tally().refused().keySet()).isSubsetOf(0, UNAVAILABLE);

      cluster.postgres().startAgain();
      long all = load.tally().completed().size() + poorly.tally().completed().size();
      await("all of it is in the books")
          .atMost(LONGEST)
          .until(() -> round.books().booked(round.started()) >= all);
      Tally tally = Tally.of(load.end(), poorly.end());
      assertThat(gateway.stop()).as(gateway.printed()).isEqualTo(ENDED_WHEN_ASKED);
      Round.Outcome outcome = round.end(tally);
      assertThat(outcome.faults()).isEmpty();
      assertThat(outcome.comparison().inDoubt()).isZero();
    }
  }

  /** The little that was leased to a caller who asks for little comes to an end. */
  private static void awaitRefusal(Load poorly) {
    await("a lease that is used up")
        .atMost(LONGEST)
        .until(() -> poorly.tally().refused().getOrDefault(UNAVAILABLE, 0L) > 0);
    poorly.gate().shut();
    await("its callers know").until(() -> poorly.tally().inFlight() == 0);
  }

  private static long refusals(Load load) {
    return load.tally().refused().values().stream().mapToLong(Long::longValue).sum();
  }

  private static Call call(Demo.User user, int mostTokens) {
    return new Call(user, false, mostTokens, "Go on.", "output_tokens=1");
  }
}
