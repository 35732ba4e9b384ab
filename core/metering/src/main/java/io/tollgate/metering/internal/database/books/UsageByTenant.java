package io.tollgate.metering.internal.database.books;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.metering.UsageQueries.Earned;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/**
 * Adds up what requests have earned: whole hours from the statistics, the hour that is begun from
 * the requests themselves.
 */
final class UsageByTenant {
  private static final String EARNED =
      """
      SELECT tenant_id, currency, sum(requests) AS requests, sum(cost) AS cost,
             sum(upstream_cost) AS upstream_cost
        FROM (SELECT s.tenant_id, s.currency, s.requests, s.paid::numeric + s.owed AS cost,
                     s.upstream_cost
                FROM metering.usage_statistic s
               WHERE s.bucket >= ?::timestamptz AND s.bucket < ?::timestamptz
                 AND (cardinality(?::bigint[]) = 0 OR s.tenant_id = ANY (?::bigint[]))
               UNION ALL
              SELECT r.tenant_id, r.currency, 1, r.paid::numeric + r.owed,
                     coalesce(r.upstream_cost, 0)
                FROM metering.usage_record r
               WHERE r.opened_at >= ?::timestamptz AND r.opened_at < ?::timestamptz
                 AND (cardinality(?::bigint[]) = 0 OR r.tenant_id = ANY (?::bigint[]))) used
       GROUP BY 1, 2 ORDER BY 1, 2
      """;

  private UsageByTenant() {}

  static List<Earned> read(
      Transaction transaction, Collection<TenantId> tenants, Instant from, Instant until) {
    Long[] of = tenants.stream().map(TenantId::value).toArray(Long[]::new);
    Instant hour = until.truncatedTo(ChronoUnit.HOURS);
    Instant rest = hour.isBefore(from) ? from : hour;
    return transaction
        .sql()
        .fetch(
            EARNED,
            from.toString(),
            hour.toString(),
            of,
            of,
            rest.toString(),
            until.toString(),
            of,
            of)
        .map(
            row ->
                new Earned(
                    new TenantId(row.get("tenant_id", long.class)),
                    Asset.money(row.get("currency", String.class)),
                    row.get("requests", long.class),
                    row.get("cost", BigDecimal.class).toBigIntegerExact(),
                    row.get("upstream_cost", BigDecimal.class).toBigIntegerExact()));
  }
}
