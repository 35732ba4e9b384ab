package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.Service;
import io.tollgate.tests.crash.CommitProxy.Ambiguity;
import io.tollgate.tests.installation.Demo;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gateway does not learn what became of some of its commits. */
@Tag("slow")
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AmbiguousCommitTest {
  private static final int CALLERS = 8;
  private static final int STRIKES = 8;
  private static final int EVERY = 5;

  private Cluster cluster;
  private CommitProxy proxy;
  private Service gateway;

  @BeforeAll
  void start() {
    cluster = Cluster.start();
    proxy = new CommitProxy(cluster.postgres().port());
    gateway = cluster.gatewayOn("gateway", proxy.url("tollgate"));
    gateway.start();
  }

  @AfterAll
  void stop() throws IOException {
    cluster.close();
    proxy.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_commit_of_which_nothing_is_known_charges_once(Ambiguity ambiguity) throws Exception {
    Round round = new Round(cluster);
    round.means().giveMoney(user(2), 2_000_000);
    round.means().giveTokens(user(1), 2_000);
    Load load = new Load(CALLERS, ambiguity.name().hashCode(), number -> gateway.url(), this::next);
    long before = proxy.struck();
    proxy.strike(ambiguity, EVERY);
    load.gate().open();
    await(STRIKES + " commits struck")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> proxy.struck() - before >= STRIKES);
    proxy.calm();
    load.awaitMore(20);
    Round.Outcome outcome = round.end(load.end());
    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.comparison().inDoubt()).as("the gateway lived on").isZero();
  }

  private Call next(RandomGenerator random) {
    return Call.random(user(random.nextInt(3)), random);
  }

  private Demo.User user(int number) {
    return cluster.demo().user(number);
  }
}
