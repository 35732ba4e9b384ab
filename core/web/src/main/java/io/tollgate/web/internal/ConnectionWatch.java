package io.tollgate.web.internal;

import io.netty.channel.Channel;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.RequestIds;
import io.tollgate.web.Response;
import io.tollgate.web.WebConfig;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Looks now and then at all connections of one server on one event loop for deadlines that have
 * passed. Deadlines are plain numbers on each connection, so that a request costs no timer.
 * Confined to that loop.
 */
final class ConnectionWatch {
  private final WebConfig config;
  private final HttpMeters meters;
  private final OpenConnections open;
  private final BodyBudget budget;
  private final RequestIds ids;
  private final Set<ConnectionGuard> guards = new LinkedHashSet<>();

  /** Those that were answered before their body had come, the longest first. */
  private final Set<ConnectionGuard> leaving = new LinkedHashSet<>();

  ConnectionWatch(
      WebConfig config,
      HttpMeters meters,
      OpenConnections open,
      BodyBudget budget,
      RequestIds ids) {
    this.config = config;
    this.meters = meters;
    this.open = open;
    this.budget = budget;
    this.ids = ids;
  }

  /**
   * Puts a new connection under guard. Where there are too many, one that was answered already and
   * only goes on sending makes room; where there is none, the new one is turned away.
   */
  void opened(Channel channel) {
    CallerNetwork network = CallerNetwork.of(channel.remoteAddress());
    boolean proxied = isTrustedProxy(channel.remoteAddress());
    ConnectionGuard guard = new ConnectionGuard(channel, network, proxied, this);
    guards.add(guard);
    open.add(network);
    guard.install();
    if (open.tooMany() && !makeRoom()) {
      refuse(guard, "too many connections (limit: " + open.limits().max() + ")");
    } else if (!proxied && open.tooManyOf(network) && !makeRoom(network)) {
      refuse(
          guard,
          "too many connections from one address (limit: " + open.limits().addressMax() + ")");
    }
  }

  private boolean isTrustedProxy(SocketAddress peer) {
    return !config.proxies().isEmpty()
        && peer instanceof InetSocketAddress internet
        && internet.getAddress() != null
        && config.proxies().includes(internet.getAddress().getHostAddress());
  }

  private void refuse(ConnectionGuard guard, String sentence) {
    meters.connectionRefused();
    guard.refuse(503, new Refusal(ErrorCode.UNAVAILABLE, sentence));
  }

  /**
   * Cuts a connection of a network that needs no more; false when the network still has too many.
   */
  private boolean makeRoom(CallerNetwork network) {
    Iterator<ConnectionGuard> candidates = leaving.iterator();
    while (candidates.hasNext()) {
      ConnectionGuard candidate = candidates.next();
      if (candidate.network().equals(network)) {
        candidate.cut();
        closed(candidate);
        return !open.tooManyOf(network);
      }
    }
    return false;
  }

  private boolean makeRoom() {
    if (leaving.isEmpty()) {
      return false;
    }
    ConnectionGuard first = leaving.iterator().next();
    first.cut();
    closed(first);
    return !open.tooMany();
  }

  /** A connection that was answered and waits only for its caller to stop sending. */
  void leaving(ConnectionGuard guard) {
    if (guards.contains(guard)) {
      leaving.add(guard);
    }
  }

  /** A connection whose caller has sent all there was to come. */
  void staying(ConnectionGuard guard) {
    leaving.remove(guard);
  }

  void closed(ConnectionGuard guard) {
    if (guards.remove(guard)) {
      leaving.remove(guard);
      open.remove(guard.network());
    }
  }

  void check() {
    long now = System.nanoTime();
    for (ConnectionGuard guard : new ArrayList<>(guards)) {
      guard.check(now);
    }
  }

  /** The server is about to stop: nothing is waited for but answers to requests that are whole. */
  void stop() {
    new ArrayList<>(guards).forEach(ConnectionGuard::stop);
  }

  /** How often to look, milliseconds: often enough to be right within a quarter of a deadline. */
  long checkMillis() {
    long least =
        Math.min(
            Math.min(config.head().deadline().toMillis(), config.connections().drain().toMillis()),
            Math.min(
                config.connections().idle().toMillis(),
                config.connections().writeStall().toMillis()));
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
