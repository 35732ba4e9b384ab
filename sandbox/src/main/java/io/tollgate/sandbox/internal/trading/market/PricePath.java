package io.tollgate.sandbox.internal.trading.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A price by hand: linear between its points, and constant before the first and after the last.
 *
 * @param points price by market time in milliseconds; at least one
 */
record PricePath(NavigableMap<Long, BigDecimal> points) {
  static final int MOST_POINTS = 10_000;

  PricePath {
    points = new TreeMap<>(points);
    if (points.isEmpty() || points.size() > MOST_POINTS) {
      throw new IllegalArgumentException(
          "path: " + points.size() + " points (expected: 1.." + MOST_POINTS + ")");
    }
  }

  BigDecimal at(long millis) {
    Map.Entry<Long, BigDecimal> before = points.floorEntry(millis);
    Map.Entry<Long, BigDecimal> after = points.ceilingEntry(millis);
    if (before == null) {
      return points.firstEntry().getValue();
    }
    if (after == null || after.getKey().equals(before.getKey())) {
      return before.getValue();
    }
    BigDecimal part =
        BigDecimal.valueOf(millis - before.getKey())
            .divide(BigDecimal.valueOf(after.getKey() - before.getKey()), MathContext.DECIMAL64);
    return before.getValue().add(after.getValue().subtract(before.getValue()).multiply(part));
  }

  List<Long> times(long after, long upTo) {
    return List.copyOf(points.subMap(after, false, upTo, true).keySet());
  }
}
