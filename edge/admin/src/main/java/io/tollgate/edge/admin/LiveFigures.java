package io.tollgate.edge.admin;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Today's figures as a stream tells them.
 *
 * @param day in the tenant's time zone where one was asked for, else in UTC
 * @param cost what users pay, by currency
 * @param upstreamCost what providers charge, USD
 * @param margin cost less upstream cost, USD; null where something was paid in another currency
 * @param inDoubt of any day, that wait for somebody's decision
 */
record LiveFigures(
    LocalDate day,
    long requests,
    long failed,
    long inputTokens,
    long outputTokens,
    SortedMap<String, BigDecimal> cost,
    BigDecimal upstreamCost,
    @Nullable BigDecimal margin,
    long recharges,
    SortedMap<String, BigDecimal> recharged,
    long inDoubt,
    Instant at) {
  /** Whether nothing but the time differs. */
  boolean sameAs(LiveFigures other) {
    return equals(
        new LiveFigures(
            other.day,
            other.requests,
            other.failed,
            other.inputTokens,
            other.outputTokens,
            other.cost,
            other.upstreamCost,
            other.margin,
            other.recharges,
            other.recharged,
            other.inDoubt,
            at));
  }
}
