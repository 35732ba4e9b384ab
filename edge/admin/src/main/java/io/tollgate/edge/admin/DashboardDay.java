package io.tollgate.edge.admin;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.SortedMap;

/**
 * One day of {@code /api/dashboard/trends}; days on which nothing happened are there too.
 *
 * @param relayCost what users pay for relayed requests
 * @param currency of what providers charge
 * @param upstreamCost what providers charge
 */
record DashboardDay(
    LocalDate day,
    long newUsers,
    long requests,
    long failed,
    long inputTokens,
    long outputTokens,
    SortedMap<String, BigDecimal> relayCost,
    String currency,
    BigDecimal upstreamCost,
    long serviceCalls,
    SortedMap<String, BigDecimal> serviceCost,
    long recharges,
    SortedMap<String, BigDecimal> recharged,
    SortedMap<String, BigDecimal> refunded) {}
