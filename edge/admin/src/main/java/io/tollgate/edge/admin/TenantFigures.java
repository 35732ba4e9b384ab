package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.tollgate.billing.SoldFigures;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageQueries.Earned;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tenants have brought today and on the 29 days before. What was read is shown to everybody
 * for a minute. Blocking; safe for use by many threads.
 */
final class TenantFigures {
  private static final Asset USD = Asset.money("USD");
  private static final int DAYS = 30;
  private static final Duration KEPT = Duration.ofSeconds(60);
  private static final int KEPT_MAX = 10_000;

  private final UsageQueries usage;
  private final SoldFigures sold;
  private final InstantSource clock;
  private final Cache<TenantId, Month> kept;

  /**
   * @param sold days of services, each in its tenant's own calendar; those of requests are of UTC
   * @param ticker by which a minute is measured
   */
  TenantFigures(UsageQueries usage, SoldFigures sold, InstantSource clock, Ticker ticker) {
    this.usage = requireNonNull(usage, "usage is null");
    this.sold = requireNonNull(sold, "sold is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.kept =
        Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(KEPT_MAX).ticker(ticker).build();
  }

  /**
   * @param revenue what was charged for requests and services
   * @param upstreamCost what requests cost us, USD
   * @param margin revenue less upstream cost; null where the revenue is not in USD
   */
  record Month(BigDecimal revenue, BigDecimal upstreamCost, @Nullable BigDecimal margin) {}

  /** Of each of them. */
  Map<TenantId, Month> read(Transaction transaction, List<Tenant> tenants) {
    Map<TenantId, Month> months =
        new HashMap<>(kept.getAllPresent(tenants.stream().map(Tenant::id).toList()));
    List<Tenant> others =
        tenants.stream().filter(tenant -> !months.containsKey(tenant.id())).toList();
    if (!others.isEmpty()) {
      Map<TenantId, Month> found = fresh(transaction, others);
      kept.putAll(found);
      months.putAll(found);
    }
    return months;
  }

  private Map<TenantId, Month> fresh(Transaction transaction, List<Tenant> tenants) {
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate first = today.minusDays(DAYS - 1L);
    List<TenantId> ids = tenants.stream().map(Tenant::id).toList();
    Map<TenantId, BigInteger> cost = new HashMap<>();
    Map<TenantId, BigInteger> upstream = new HashMap<>();
    for (Earned each :
        usage.earned(transaction, ids, first.atStartOfDay(ZoneOffset.UTC).toInstant(), now)) {
      // a tenant has one currency
      var _ = cost.merge(each.tenant(), each.cost(), BigInteger::add);
      var _ = upstream.merge(each.tenant(), each.upstreamCost(), BigInteger::add);
    }
    // where it is tomorrow already
    sold.servicesOf(transaction, ids, first, today.plusDays(2))
        .forEach((tenant, units) -> cost.merge(tenant, units, BigInteger::add));
    Map<TenantId, Month> months = new HashMap<>();
    for (Tenant tenant : tenants) {
      months.put(
          tenant.id(),
          month(
              tenant.currency(),
              cost.getOrDefault(tenant.id(), BigInteger.ZERO),
              upstream.getOrDefault(tenant.id(), BigInteger.ZERO)));
    }
    return months;
  }

  private static Month month(Asset currency, BigInteger cost, BigInteger upstream) {
    return new Month(
        MoneySum.decimal(cost, currency),
        MoneySum.decimal(upstream, USD),
        currency.equals(USD) ? MoneySum.decimal(cost.subtract(upstream), USD) : null);
  }
}
