package io.tollgate.trading.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a node counts as online. */
class ExecutionNodeTest {
  private static final Instant HEARD = Instant.parse("2026-05-01T10:00:00Z");

  private static ExecutionNode heard(Optional<Instant> at) {
    return new ExecutionNode(
        1, new ExecutionNode.Sheet("n", "n", "http://n:1", true), at, 0, HEARD);
  }

  @Test
  void it_is_online_while_its_last_heartbeat_is_younger_than_180_seconds() {
    ExecutionNode node = heard(Optional.of(HEARD));
    assertThat(node.isOnline(HEARD)).isTrue();
    assertThat(node.isOnline(HEARD.plusSeconds(180).minusNanos(1))).isTrue();
    assertThat(node.isOnline(HEARD.plusSeconds(180))).isFalse();
    // a clock that was set back
    assertThat(node.isOnline(HEARD.minusSeconds(10))).isTrue();
    assertThat(heard(Optional.empty()).isOnline(HEARD)).isFalse();
  }
}
