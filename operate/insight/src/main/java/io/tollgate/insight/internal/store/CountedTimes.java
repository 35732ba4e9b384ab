package io.tollgate.insight.internal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How many requests took how long, in milliseconds. */
record CountedTimes(NavigableMap<Long, Long> counts) {
  /** A column that has a histogram; where it has none, no times. */
  static CountedTimes read(ResultSet rows, String column) throws SQLException {
    NavigableMap<Long, Long> counts = new TreeMap<>();
    @Nullable Object value = rows.getObject(column);
    if (value instanceof Map<?, ?> histogram) {
      histogram.forEach(
          (time, count) -> counts.put(((Number) time).longValue(), ((Number) count).longValue()));
    }
    return new CountedTimes(counts);
  }

  /** Nobody took any time, so far. */
  static CountedTimes none() {
    return new CountedTimes(new TreeMap<>());
  }

  /** So many more took so long. */
  void add(long time, long count) {
    var _ = counts.merge(time, count, Math::addExact);
  }

  /** Both together. */
  CountedTimes plus(CountedTimes other) {
    CountedTimes sum = new CountedTimes(new TreeMap<>(counts));
    other.counts.forEach(sum::add);
    return sum;
  }

  /** By nearest rank: the least time that so large a share took no longer than. */
  OptionalLong percentile(double share) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    long wanted = Math.max(1, (long) Math.ceil(all * share));
    long reached = 0;
    for (Map.Entry<Long, Long> each : counts.entrySet()) {
      reached += each.getValue();
      if (reached >= wanted) {
        return OptionalLong.of(each.getKey());
      }
    }
    return OptionalLong.empty();
  }
}
