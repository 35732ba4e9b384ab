package io.tollgate.web.internal;

import io.tollgate.web.ConnectionLimits;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the open connections of one server, all of them and those from each network, over all its
 * event loops. Safe for use by many threads.
 */
final class OpenConnections {
  private final ConnectionLimits limits;
  private final AtomicInteger total = new AtomicInteger();
  private final ConcurrentMap<CallerNetwork, Integer> byNetwork = new ConcurrentHashMap<>();

  OpenConnections(ConnectionLimits limits) {
    this.limits = limits;
  }

  void add(CallerNetwork network) {
    total.incrementAndGet();
    byNetwork.merge(network, 1, Integer::sum);
  }

  void remove(CallerNetwork network) {
    total.decrementAndGet();
    byNetwork.computeIfPresent(network, (key, count) -> count == 1 ? null : count - 1);
  }

  int total() {
    return total.get();
  }

  /** Whether a network has more than its share. */
  boolean tooManyOf(CallerNetwork network) {
    return byNetwork.getOrDefault(network, 0) > limits.addressMax();
  }

  /** Whether there are more than the server may have. */
  boolean tooMany() {
    return total.get() > limits.max();
  }

  ConnectionLimits limits() {
    return limits;
  }
}
