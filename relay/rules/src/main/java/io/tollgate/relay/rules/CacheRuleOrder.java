package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How answers are to be kept from now on.
 *
 * @param key whose requests; empty: those of all keys of the tenant
 * @param ttlSeconds for how long; of a tenant it must be given, of a key empty is as the tenant's
 * @param hitShare share of its price that an answer from the cache costs; must be given for a
 *     tenant, and not for a key
 */
public record CacheRuleOrder(
    TenantId tenant,
    Optional<ApiKeyId> key,
    boolean enabled,
    OptionalInt ttlSeconds,
    Optional<BigDecimal> hitShare) {
  public CacheRuleOrder {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(key, "key is null");
    requireNonNull(ttlSeconds, "ttlSeconds is null");
    requireNonNull(hitShare, "hitShare is null");
  }
}
