package io.tollgate.edge.admin;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How the business stands, as {@code /api/dashboard/summary} answers. Orders, nodes and bindings
 * are of trading.
 *
 * @param totalOrders on accounts at exchanges, of any time and status
 * @param totalNodes execution nodes that are registered: they are of no tenant
 * @param onlineNodes whose last heartbeat is younger than 180 seconds
 * @param activeBindings that follow their strategy now
 * @param day today: in the tenant's time zone where one was asked for, else in UTC
 * @param cached whether it was read for somebody else before, less than a minute ago
 */
record DashboardSummary(
    long totalTenants,
    long activeTenants,
    long totalUsers,
    long totalOrders,
    long totalNodes,
    long onlineNodes,
    long activeBindings,
    LocalDate day,
    Relay relay,
    Sold services,
    Money money,
    Instant generatedAt,
    boolean cached) {
  /**
   * Relayed requests of the day.
   *
   * @param users who have made one
   * @param cost what users pay
   * @param upstreamCost what providers charge, USD
   * @param margin cost less upstream cost, USD; null where something was paid in another currency
   * @param inDoubt of any day, that wait for somebody's decision
   * @param yesterday what there was by the same time of the day before
   */
  record Relay(
      long users,
      long requests,
      long failed,
      long inputTokens,
      long outputTokens,
      SortedMap<String, BigDecimal> cost,
      BigDecimal upstreamCost,
      @Nullable BigDecimal margin,
      long inDoubt,
      SameTime yesterday) {}

  /**
   * Requests of the day before, until the same time of day.
   *
   * @param cost what users paid
   * @param upstreamCost what providers charged, USD
   * @param margin cost less upstream cost, USD; null where something was paid in another currency
   */
  record SameTime(
      long requests,
      SortedMap<String, BigDecimal> cost,
      BigDecimal upstreamCost,
      @Nullable BigDecimal margin) {}

  /**
   * Calls of services of the day, without those that were given back.
   *
   * @param users who have made one
   */
  record Sold(long users, long freeCount, long paidCount, SortedMap<String, BigDecimal> cost) {}

  /**
   * Money.
   *
   * @param recharges orders that were paid today
   * @param earned all that was charged so far, less what was given back
   * @param ofUsers what all users have: paid in and given
   * @param owed what they owe
   */
  record Money(
      long recharges,
      SortedMap<String, BigDecimal> recharged,
      SortedMap<String, BigDecimal> refunded,
      SortedMap<String, BigDecimal> earned,
      SortedMap<String, BigDecimal> ofUsers,
      SortedMap<String, BigDecimal> owed) {}

  DashboardSummary fromCache() {
    return new DashboardSummary(
        totalTenants,
        activeTenants,
        totalUsers,
        totalOrders,
        totalNodes,
        onlineNodes,
        activeBindings,
        day,
        relay,
        services,
        money,
        generatedAt,
        true);
  }
}
