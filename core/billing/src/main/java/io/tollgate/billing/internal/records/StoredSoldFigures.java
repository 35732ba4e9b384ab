package io.tollgate.billing.internal.records;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.SoldFigures;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds up what is written by day, and payments and refunds by their time. */
public final class StoredSoldFigures implements SoldFigures {
  private static final String SERVICES =
      """
      SELECT day, tenant_id, sum(free_count) AS free, sum(paid_count) AS paid, sum(cost) AS cost
        FROM billing.service_day
       WHERE day >= ?::date AND day < ?::date AND (?::bigint IS NULL OR tenant_id = ?::bigint)
       GROUP BY day, tenant_id ORDER BY day, tenant_id
      """;

  private static final String OF_TENANTS =
      """
      SELECT tenant_id, sum(cost) AS cost
        FROM billing.service_day
       WHERE day >= ?::date AND day < ?::date AND tenant_id = ANY (?::bigint[])
       GROUP BY tenant_id
      """;

  private static final String USERS =
      """
      SELECT count(DISTINCT user_id) FROM billing.service_day
       WHERE day = ?::date AND free_count + paid_count > 0
         AND (?::bigint IS NULL OR tenant_id = ?::bigint)
      """;

  private static final String RECHARGES =
      """
      SELECT day, currency, sum(orders) AS orders, sum(credited) AS credited,
             sum(refunded) AS refunded
        FROM (SELECT (p.received_at AT TIME ZONE ?)::date AS day, p.currency, 1 AS orders,
                     p.amount AS credited, 0 AS refunded
                FROM billing.recharge_payment p
               WHERE p.role = 'credited'
                 AND p.received_at >= ?::timestamptz AND p.received_at < ?::timestamptz
                 AND (?::bigint IS NULL OR p.tenant_id = ?::bigint)
               UNION ALL
              SELECT (r.updated_at AT TIME ZONE ?)::date, p.currency, 0, 0, r.amount
                FROM billing.recharge_refund r
                JOIN billing.recharge_payment p ON p.id = r.payment_ref AND p.role = 'credited'
               WHERE r.state = 'booked'
                 AND r.updated_at >= ?::timestamptz AND r.updated_at < ?::timestamptz
                 AND (?::bigint IS NULL OR r.tenant_id = ?::bigint)) moved
       GROUP BY day, currency ORDER BY day, currency
      """;

  private final Tenants tenants;

  public StoredSoldFigures(Tenants tenants) {
    this.tenants = requireNonNull(tenants, "tenants is null");
  }

  @Override
  public List<DayOfServices> services(
      Transaction transaction, Optional<TenantId> tenant, LocalDate from, LocalDate until) {
    Long of = tenant.map(TenantId::value).orElse(null);
    Map<TenantId, Optional<Asset>> currencies = new HashMap<>();
    List<DayOfServices> days = new ArrayList<>();
    transaction
        .sql()
        .fetch(SERVICES, from.toString(), until.toString(), of, of)
        .forEach(
            row ->
                currencies
                    .computeIfAbsent(
                        new TenantId(row.get("tenant_id", long.class)),
                        id -> tenants.find(transaction, id).map(Tenant::currency))
                    .ifPresent(
                        currency ->
                            days.add(
                                new DayOfServices(
                                    row.get("day", LocalDate.class),
                                    currency,
                                    row.get("free", long.class),
                                    row.get("paid", long.class),
                                    whole(row.get("cost", BigDecimal.class))))));
    return days;
  }

  @Override
  public Map<TenantId, BigInteger> servicesOf(
      Transaction transaction, Collection<TenantId> tenants, LocalDate from, LocalDate until) {
    Long[] of = tenants.stream().map(TenantId::value).toArray(Long[]::new);
    return transaction
        .sql()
        .fetch(OF_TENANTS, from.toString(), until.toString(), of)
        .intoMap(
            row -> new TenantId(row.get("tenant_id", long.class)),
            row -> whole(row.get("cost", BigDecimal.class)));
  }

  @Override
  public long usersOfServices(Transaction transaction, Optional<TenantId> tenant, LocalDate day) {
    Long of = tenant.map(TenantId::value).orElse(null);
    return transaction.sql().fetchSingle(USERS, day.toString(), of, of).get(0, long.class);
  }

  @Override
  public List<DayOfRecharges> recharges(
      Transaction transaction,
      Optional<TenantId> tenant,
      Instant from,
      Instant until,
      ZoneId zone) {
    Long of = tenant.map(TenantId::value).orElse(null);
    String start = from.toString();
    String end = until.toString();
    return transaction
        .sql()
        .fetch(RECHARGES, zone.getId(), start, end, of, of, zone.getId(), start, end, of, of)
        .map(
            row ->
                new DayOfRecharges(
                    row.get("day", LocalDate.class),
                    Asset.money(row.get("currency", String.class)),
                    row.get("orders", long.class),
                    whole(row.get("credited", BigDecimal.class)),
                    whole(row.get("refunded", BigDecimal.class))));
  }

  private static BigInteger whole(BigDecimal units) {
    return units.toBigIntegerExact();
  }
}
