package io.tollgate.tests.crash;

import static org.awaitility.Awaitility.await;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.Service;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A cluster with one gateway whose processes can be killed and come back. */
final class CrashWorld implements AutoCloseable {
  /** More than anybody spends: it has to count all of it. */
  private static final long COMMON_LIMIT = 1_000_000_000_000_000L;

  private final Cluster cluster = Cluster.start();
  private final Service gateway;

  CrashWorld(String... gatewayFlags) {
    SpendLimitOf.everybody(cluster.postgres()).set(COMMON_LIMIT);
    gateway = cluster.gateway("gateway", gatewayFlags);
    gateway.start();
  }

  Cluster cluster() {
    return cluster;
  }

  Service gateway() {
    return gateway;
  }

  /** Kills, and has everything come back. */
  void kill(Victim victim, RandomGenerator random) {
    if (victim.gateway()) {
      gateway.killHard();
    }
    if (victim.postgres()) {
      cluster.postgres().killHard(victim == Victim.ALL_OF_POSTGRES);
    }
    if (victim.sandbox()) {
      cluster.sandbox().killHard();
      cluster.sandbox().launch();
    }
    if (victim == Victim.STARTING_GATEWAY) {
      gateway.launch();
      pass(Duration.ofMillis(300 + random.nextInt(2_000)));
      gateway.killHard();
    }
    if (victim.gateway()) {
      gateway.launch();
    }
    if (victim.postgres()) {
      cluster.postgres().awaitReady();
    }
    cluster.sandbox().awaitReady();
    if (!gateway.isRunning()) {
      // what it needs was not there yet when it started
      gateway.launch();
    }
    gateway.awaitReady();
  }

  /** Lets time pass: what runs is to run on. */
  static void pass(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
