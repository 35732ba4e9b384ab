package io.tollgate.trading.engine.search;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A combination of parameters, and what it came to.
 *
 * @param number of the combination
 * @param params that were chosen, by name
 */
public record Found(
    int number,
    Map<String, Object> params,
    BigDecimal score,
    BigDecimal totalPnl,
    long totalTrades,
    BigDecimal winRate,
    double maxDrawdownPct) {
  public Found {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    requireNonNull(score, "score is null");
    requireNonNull(totalPnl, "totalPnl is null");
    requireNonNull(winRate, "winRate is null");
  }

  Found numbered(int other) {
    return new Found(other, params, score, totalPnl, totalTrades, winRate, maxDrawdownPct);
  }
}
