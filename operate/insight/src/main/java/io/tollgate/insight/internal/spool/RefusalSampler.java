package io.tollgate.insight.internal.spool;

import io.tollgate.relay.gateway.LoggedRequest;
import java.util.Set;

/**
 * Decides which refused requests are kept when they flood: of each second the first ones, then one
 * of a hundred, which stands for a hundred. Requests that reached a provider or were charged are
 * always kept. Confined to one event loop.
 */
final class RefusalSampler {
  static final int ONE_OF = 100;
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 402, 403, 404, 413, 429, 503);

  private final int wholePerSecond;
  private long second = Long.MIN_VALUE;
  private int seen;

  /**
   * @param wholePerSecond refused requests kept in a second before the others are sampled
   */
  RefusalSampler(int wholePerSecond) {
    this.wholePerSecond = wholePerSecond;
  }

  /** How many requests this one stands for; 0 where it is not kept. */
  int weight(LoggedRequest request) {
    boolean refused =
        REFUSALS.contains(request.status())
            && request.charge().isEmpty()
            && request.attempts().isEmpty();
    if (!refused) {
      return 1;
    }
    long now = request.arrivedAt().getEpochSecond();
    if (now != second) {
      second = now;
      seen = 0;
    }
    seen++;
    if (seen <= wholePerSecond) {
      return 1;
    }
    return (seen - wholePerSecond) % ONE_OF == 0 ? ONE_OF : 0;
  }
}
