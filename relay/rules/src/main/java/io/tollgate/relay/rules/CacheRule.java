package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * How the answers of a key's requests are kept.
 *
 * @param ttl the longest time for which one is kept
 * @param hitShare which share of its price an answer from the cache costs, 0 to 1
 * @param generation what was kept under another one is not found
 */
public record CacheRule(Duration ttl, BigDecimal hitShare, long generation) {
  public CacheRule {
    requireNonNull(ttl, "ttl is null");
    requireNonNull(hitShare, "hitShare is null");
  }
}
