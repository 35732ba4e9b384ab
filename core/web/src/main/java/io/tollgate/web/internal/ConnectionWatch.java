package io.tollgate.web.internal;

import io.netty.channel.Channel;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.RequestIds;
import io.tollgate.web.Response;
import io.tollgate.web.WebConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * All connections of one server on one event loop, looked at now and then for deadlines that have
 * passed. Deadlines are plain numbers on each connection, so that a request costs no timer.
 * Confined to that loop.
 */
final class ConnectionWatch {
  private final WebConfig config;
  private final HttpMeters meters;
  private final BodyBudget budget;
  private final RequestIds ids;
  private final Set<ConnectionGuard> guards = new LinkedHashSet<>();

  ConnectionWatch(WebConfig config, HttpMeters meters, BodyBudget budget, RequestIds ids) {
    this.config = config;
    this.meters = meters;
    this.budget = budget;
    this.ids = ids;
  }

  /** Puts a new connection under guard, or turns it away when there are too many. */
  void opened(Channel channel) {
    ConnectionGuard guard = new ConnectionGuard(channel, this);
    guards.add(guard);
    guard.install();
    if (meters.connected() > config.connections()) {
      meters.connectionRefused();
      guard.refuse(
          503,
          new Refusal(
              ErrorCode.UNAVAILABLE, "too many connections (limit: " + config.connections() + ")"));
    }
  }

  void closed(ConnectionGuard guard) {
    if (guards.remove(guard)) {
      meters.disconnected();
    }
  }

  void check() {
    long now = System.nanoTime();
    for (ConnectionGuard guard : new ArrayList<>(guards)) {
      guard.check(now);
    }
  }

  /** How often to look, milliseconds: often enough to be right within a quarter of a deadline. */
  long checkMillis() {
    long least =
        Math.min(
            Math.min(config.headerDeadline().toMillis(), config.idle().toMillis()),
            config.writeStall().toMillis());
    return Math.clamp(least / 4, 10, 1000);
  }

  WebConfig config() {
    return config;
  }

  BodyBudget budget() {
    return budget;
  }

  /** An answer to something that never became a request, and its count. */
  Response answer(int status, Refusal refusal) {
    String id = ids.create().toString();
    meters.answered("", HttpMeters.UNMATCHED, status, 0);
    return ErrorForms.standard().render(refusal, id).withHeader("X-Request-Id", id);
  }
}
