package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import java.util.Optional;

/** Which rules are wanted. */
public record RuleFilter(Optional<TenantId> tenant, Optional<ApiKeyId> key) {
  public RuleFilter {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(key, "key is null");
  }
}
