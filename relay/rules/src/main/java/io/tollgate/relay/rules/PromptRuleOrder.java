package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How requests and answers are to be kept from now on.
 *
 * @param key whose; empty: those of all keys of the tenant
 * @param ttlSeconds for how long; of a tenant it must be given, of a key empty is as the tenant's
 */
public record PromptRuleOrder(
    TenantId tenant, Optional<ApiKeyId> key, boolean enabled, OptionalInt ttlSeconds) {
  public PromptRuleOrder {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(key, "key is null");
    requireNonNull(ttlSeconds, "ttlSeconds is null");
  }
}
