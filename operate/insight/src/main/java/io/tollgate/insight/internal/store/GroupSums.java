package io.tollgate.insight.internal.store;

import static java.util.Objects.requireNonNull;

import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogStatistics;
import java.util.Comparator;
import java.util.Optional;

/**
 * What requests of one group, or of a part of it, sum up to.
 *
 * @param named the group; empty where requests have none
 */
record GroupSums(
    Optional<String> named,
    Optional<String> currency,
    long requests,
    long failed,
    long inputTokens,
    long outputTokens,
    long cost,
    CountedTimes latency,
    CountedTimes firstToken) {
  GroupSums {
    requireNonNull(named, "named is null");
    requireNonNull(currency, "currency is null");
    requireNonNull(latency, "latency is null");
    requireNonNull(firstToken, "firstToken is null");
  }

  /** What a part belongs to. */
  record Key(Optional<String> named, Optional<String> currency) {}

  Key key() {
    return new Key(named, currency);
  }

  /** Both parts of one group. */
  GroupSums plus(GroupSums other) {
    return new GroupSums(
        named,
        currency,
        Math.addExact(requests, other.requests),
        Math.addExact(failed, other.failed),
        Math.addExact(inputTokens, other.inputTokens),
        Math.addExact(outputTokens, other.outputTokens),
        Math.addExact(cost, other.cost),
        latency.plus(other.latency),
        firstToken.plus(other.firstToken));
  }

  LogStatistics statistics() {
    return new LogStatistics(
        named,
        requests,
        failed,
        inputTokens,
        outputTokens,
        currency,
        cost,
        latency.percentile(0.5).orElse(0),
        latency.percentile(0.95).orElse(0),
        latency.percentile(0.99).orElse(0),
        firstToken.percentile(0.5),
        firstToken.percentile(0.95));
  }

  /** As statistics are listed: times in their order, else those first that have most requests. */
  static Comparator<GroupSums> order(LogGrouping grouping) {
    boolean inTime = grouping == LogGrouping.HOUR || grouping == LogGrouping.DAY;
    Comparator<GroupSums> byName = Comparator.comparing(GroupSums::named, GroupSums::nullsLast);
    Comparator<GroupSums> byRequests = Comparator.comparingLong(GroupSums::requests).reversed();
    return (inTime ? byName : byRequests.thenComparing(byName))
        .thenComparing(GroupSums::currency, GroupSums::nullsLast);
  }

  private static int nullsLast(Optional<String> one, Optional<String> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Boolean.compare(one.isEmpty(), other.isEmpty());
    }
    return one.get().compareTo(other.get());
  }
}
