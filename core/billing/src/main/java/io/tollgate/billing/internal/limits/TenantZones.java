package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** The time zones of tenants, remembered for a minute. Safe for use by many threads. */
final class TenantZones {
  private static final int MAX_REMEMBERED = 10_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Tenants tenants;
  private final Cache<TenantId, ZoneId> zones =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  TenantZones(Tenants tenants) {
    this.tenants = requireNonNull(tenants, "tenants is null");
  }

  /** The tenant's zone; empty when there is no such tenant. */
  Optional<ZoneId> of(Transaction transaction, TenantId tenant) {
    ZoneId known = zones.getIfPresent(tenant);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<ZoneId> found = tenants.find(transaction, tenant).map(Tenant::zone);
    found.ifPresent(zone -> zones.put(tenant, zone));
    return found;
  }

  /** The same of a tenant that is there. */
  ZoneId require(Transaction transaction, TenantId tenant) {
    return of(transaction, tenant)
        .orElseThrow(() -> new IllegalStateException("tenant " + tenant + " is gone"));
  }
}
