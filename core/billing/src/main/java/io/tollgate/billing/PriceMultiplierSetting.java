package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * By what list prices are multiplied for a tenant, or for one of its users besides.
 *
 * @param user empty: all users of the tenant
 */
public record PriceMultiplierSetting(
    long id,
    TenantId tenant,
    Optional<UserId> user,
    BigDecimal multiplier,
    Instant createdAt,
    Instant updatedAt) {
  public PriceMultiplierSetting {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(multiplier, "multiplier is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }
}
