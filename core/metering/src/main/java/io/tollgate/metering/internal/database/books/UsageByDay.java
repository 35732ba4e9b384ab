package io.tollgate.metering.internal.database.books;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.metering.DayUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Adds up the statistics of all users by day. */
final class UsageByDay {
  private static final String DAYS =
      """
      SELECT (s.bucket AT TIME ZONE ?)::date AS day, s.currency, sum(s.requests) AS requests,
             sum(s.failed) AS failed, sum(s.input_tokens) AS input_tokens,
             sum(s.output_tokens) AS output_tokens,
             sum(s.paid::numeric + s.owed) AS cost, sum(s.upstream_cost) AS upstream_cost
        FROM metering.usage_statistic s
       WHERE s.bucket >= ?::timestamptz AND s.bucket < ?::timestamptz
         AND (?::bigint IS NULL OR s.tenant_id = ?::bigint)
       GROUP BY 1, 2 ORDER BY 1, 2
      """;

  private static final String USERS =
      """
      SELECT count(DISTINCT s.user_id)
        FROM metering.usage_statistic s
       WHERE s.bucket >= ?::timestamptz AND s.bucket < ?::timestamptz
         AND (?::bigint IS NULL OR s.tenant_id = ?::bigint)
      """;

  private UsageByDay() {}

  static List<DayUsage> read(
      Transaction transaction,
      Optional<TenantId> tenant,
      Instant from,
      Instant until,
      ZoneId zone) {
    Long of = tenant.map(TenantId::value).orElse(null);
    return transaction
        .sql()
        .fetch(DAYS, zone.getId(), from.toString(), until.toString(), of, of)
        .map(
            row ->
                new DayUsage(
                    row.get("day", LocalDate.class),
                    Asset.money(row.get("currency", String.class)),
                    row.get("requests", Long.class),
                    row.get("failed", Long.class),
                    row.get("input_tokens", Long.class),
                    row.get("output_tokens", Long.class),
                    row.get("cost", BigDecimal.class).toBigIntegerExact(),
                    row.get("upstream_cost", BigDecimal.class).toBigIntegerExact()));
  }

  static long users(
      Transaction transaction, Optional<TenantId> tenant, Instant from, Instant until) {
    Long of = tenant.map(TenantId::value).orElse(null);
    return transaction
        .sql()
        .fetchSingle(USERS, from.toString(), until.toString(), of, of)
        .get(0, long.class);
  }
}
