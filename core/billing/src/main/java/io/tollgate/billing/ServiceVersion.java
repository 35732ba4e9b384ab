package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * What was set of a service, from a moment on.
 *
 * @param admin who set it, where an administrator did
 */
public record ServiceVersion(
    long id,
    TenantId tenant,
    String service,
    Instant effectiveFrom,
    Amount price,
    long monthlyFree,
    Optional<AdminId> admin,
    Instant createdAt) {
  public ServiceVersion {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(service, "service is null");
    requireNonNull(effectiveFrom, "effectiveFrom is null");
    requireNonNull(price, "price is null");
    requireNonNull(admin, "admin is null");
    requireNonNull(createdAt, "createdAt is null");
  }
}
