package io.tollgate.edge.admin;

import io.tollgate.trading.engine.ExecutionNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An execution node as it is listed.
 *
 * @param status 1: accounts are traded on by it
 * @param online whether its last heartbeat is younger than 180 seconds
 * @param accounts how many are assigned to it
 */
record NodeRow(
    long id,
    String nodeCode,
    String name,
    String baseUrl,
    int status,
    boolean online,
    @Nullable Instant lastHeartbeatAt,
    long accounts,
    Instant createdAt) {
  static NodeRow of(ExecutionNode node, Instant now) {
    return new NodeRow(
        node.id(),
        node.sheet().code(),
        node.sheet().name(),
        node.sheet().baseUrl(),
        TradingFields.shown(node.sheet().active()),
        node.isOnline(now),
        node.lastHeartbeatAt().orElse(null),
        node.accounts(),
        node.createdAt());
  }
}
