package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.Service;
import io.tollgate.tests.cluster.SmallDisk;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A gateway whose disk has no room for another segment of its meter log. */
@Tag("slow")
@Tag("cluster")
class FullDiskTest {
  private static final int UNAVAILABLE = 503;
  private static final int CALLERS = 16;
  private static final int DISK_MIB = 24;

  @Test
  void new_requests_are_refused_and_running_ones_end_when_the_disk_is_full() throws Exception {
    try (Cluster cluster = Cluster.start()) {
      Service gateway = cluster.gateway("gateway", "--http-event-loops=1");
      try (SmallDisk disk = cluster.smallDisk(gateway, DISK_MIB)) {
        gateway.start();
        Round round = new Round(cluster);
        Load load = new Load(CALLERS, 1, number -> gateway.url(), random -> next(cluster, random));
        load.gate().open();
        load.awaitMore(50);

        disk.fill();
        awaitRefusals(load);
        assertThat(load.tally().sample(UNAVAILABLE)).contains("meter log");
        assertThat(load.tally().refused().keySet()).isSubsetOf(0, UNAVAILABLE);
        assertThat(load.tally().refused().get(0)).as("answers cut off").isZero();
        disk.makeRoom();
        load.awaitMore(50);

        disk.fill();
        awaitRefusals(load);
        load.gate().shut();
        gateway.killHard();
        disk.makeRoom();
        gateway.start();
        load.gate().open();
        load.awaitMore(50);
        assertThat(round.end(load.end()).faults()).isEmpty();
        int unused = gateway.stop();
      }
    }
  }

  private static void awaitRefusals(Load load) {
    long before = refusals(load);
    await("no room")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> refusals(load) > before);
  }

  private static long refusals(Load load) {
    return load.tally().refused().getOrDefault(UNAVAILABLE, 0L);
  }

  /** Short, so that there are many: each leaves some hundred bytes in the log. */
  private static Call next(Cluster cluster, RandomGenerator random) {
    boolean stream = random.nextInt(10) == 0;
    return new Call(
        cluster.demo().user(random.nextInt(2)),
        stream,
        4,
        "Is there room? " + random.nextInt(),
        stream ? "output_tokens=3; chunk_ms=20" : "output_tokens=1");
  }
}
