package io.tollgate.edge.admin;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.SortedMap;

/**
 * One day of {@code /api/dashboard/trends}; days on which nothing happened are there too.
 *
 * @param relayCost what users pay for relayed requests
 * @param upstreamCost what providers charge, USD
 */
record DashboardDay(
    LocalDate day,
    long newUsers,
    long requests,
    long failed,
    long inputTokens,
    long outputTokens,
    SortedMap<String, BigDecimal> relayCost,
    BigDecimal upstreamCost,
    long serviceCalls,
    SortedMap<String, BigDecimal> serviceCost,
    long recharges,
    SortedMap<String, BigDecimal> recharged,
    SortedMap<String, BigDecimal> refunded) {}
