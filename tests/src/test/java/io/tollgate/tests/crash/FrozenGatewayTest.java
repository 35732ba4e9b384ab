package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.Service;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Program;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A gateway that stands still for a while, beside another that goes on. */
@Tag("slow")
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrozenGatewayTest {
  private static final int CALLERS = 8;

  /** What a transaction may stand still, and some time to notice. */
  private static final Duration LONGEST_LOCK = Duration.ofSeconds(12);

  private Cluster cluster;
  private Service frozen;
  private Service other;

  @BeforeAll
  void start() {
    cluster = Cluster.start();
    frozen = cluster.gateway("frozen");
    other = cluster.gateway("other");
    frozen.launch();
    other.launch();
    frozen.awaitReady();
    other.awaitReady();
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void what_a_frozen_gateway_let_through_is_charged_in_full_when_it_goes_on() throws Exception {
    Round round = new Round(cluster);
    round.means().giveMoney(user(2), 5_000_000);
    Load atFrozen = new Load(CALLERS, 1, number -> frozen.url(), this::slowStream);
    Load atOther = new Load(CALLERS, 2, number -> other.url(), this::anything);
    atFrozen.gate().open();
    atOther.gate().open();
    atFrozen.awaitMore(1);
    frozen.freeze();
    atFrozen.gate().shut();
    long whenFrozen = atFrozen.tally().completed().size();
    CrashWorld.pass(Duration.ofSeconds(4));
    atOther.awaitMore(20);
    frozen.thaw();
    Tally tally = Tally.of(atFrozen.end(), atOther.end());
    assertThat(atFrozen.tally().completed().size() - whenFrozen)
        .as("answers that were under way when it froze; a caller may have been between two")
        .isBetween(1L, (long) CALLERS);
    Round.Outcome outcome = round.end(tally);
    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.comparison().inDoubt()).isZero();
  }

  @Test
  void money_of_a_holder_declared_lost_is_owed_at_most_when_it_was_spent_twice() throws Exception {
    Service lost = cluster.gateway("lost");
    lost.start();
    Demo.User user = user(2);
    Round round = new Round(cluster);
    round.means().giveMoney(user, 3_000_000);
    Load atLost = new Load(CALLERS, 3, number -> lost.url(), random -> slowStream(user, random));
    atLost.gate().open();
    atLost.awaitMore(1);
    lost.freeze();
    atLost.gate().shut();
    UUID incarnation = round.books().incarnation(cluster.directoryId(lost));
    Program.Ended declared =
        cluster.command("leases", "lost", incarnation.toString(), "--yes", "--force");
    assertThat(declared.exitCode()).as(declared.output()).isZero();
    long atRisk = round.books().atRisk(incarnation, "USD");
    assertThat(atRisk).isPositive();

    Load again =
        Load.untilNoMeans(CALLERS, 4, number -> other.url(), random -> Call.random(user, random));
    again.gate().open();
    Tally spent = again.awaitLeft();
    lost.thaw();
    Round.Outcome outcome = round.end(Tally.of(atLost.end(), spent));
    assertThat(outcome.faults()).isEmpty();
    long owed =
        outcome.booked().values().stream()
            .flatMap(List::stream)
            .mapToLong(Books.Booked::owed)
            .sum();
    assertThat(owed).isBetween(1L, atRisk);
  }

  /** Its transaction is rolled back by the database; what it would have booked, it books later. */
  @Test
  void locks_of_a_gateway_frozen_within_a_transaction_are_given_up_within_seconds()
      throws Exception {
    Demo.User user = user(2);
    try (CommitProxy proxy = new CommitProxy(cluster.postgres().port())) {
      Service stuck = cluster.gatewayOn("stuck", proxy.url("tollgate"));
      stuck.start();
      Round round = new Round(cluster);
      round.means().giveMoney(user, 20_000_000);
      Load atStuck =
          new Load(CALLERS, 5, number -> stuck.url(), random -> Call.random(user, random));
      Load atOther =
          new Load(CALLERS, 6, number -> other.url(), random -> Call.random(user, random));
      atStuck.gate().open();
      atStuck.awaitMore(20);
      proxy.hold();
      await("a transaction that waits for its commit")
          .atMost(Duration.ofSeconds(30))
          .until(() -> proxy.held() > 0 && round.books().standingStill() > 0);
      stuck.freeze();
      atStuck.gate().shut();
      atOther.gate().open();
      await("the database ends what stands still")
          .atMost(LONGEST_LOCK)
          .until(() -> round.books().standingStill() == 0);
      atOther.awaitMore(20);
      proxy.letGo();
      stuck.thaw();
      Round.Outcome outcome = round.end(Tally.of(atStuck.end(), atOther.end()));
      assertThat(outcome.faults()).isEmpty();
      assertThat(outcome.comparison().inDoubt()).as("both gateways lived on").isZero();
      stuck.killHard();
    }
  }

  private Call slowStream(RandomGenerator random) {
    return slowStream(user(1 + random.nextInt(2)), random);
  }

  private static Call slowStream(Demo.User user, RandomGenerator random) {
    return new Call(
        user, true, 60, "Slowly, please. " + random.nextInt(), "output_tokens=40; chunk_ms=40");
  }

  private Call anything(RandomGenerator random) {
    return Call.random(user(random.nextInt(3)), random);
  }

  private Demo.User user(int number) {
    return cluster.demo().user(number);
  }
}
