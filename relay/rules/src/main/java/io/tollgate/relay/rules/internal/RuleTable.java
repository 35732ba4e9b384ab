package io.tollgate.relay.rules.internal;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.rules.RequestRule;
import java.util.Map;

/** All rules at one time. Immutable. */
final class RuleTable {
  static final RuleTable EMPTY = new RuleTable(Map.of());

  private final Map<TenantId, OfTenant> tenants;

  /**
   * @param keys those of keys for which something else holds
   */
  record OfTenant(RequestRule usual, Map<ApiKeyId, RequestRule> keys) {
    OfTenant {
      keys = Map.copyOf(keys);
    }
  }

  RuleTable(Map<TenantId, OfTenant> tenants) {
    this.tenants = Map.copyOf(tenants);
  }

  RequestRule of(TenantId tenant, ApiKeyId key) {
    if (tenants.isEmpty()) {
      return RequestRule.NONE;
    }
    OfTenant found = tenants.get(tenant);
    return found == null ? RequestRule.NONE : found.keys.getOrDefault(key, found.usual);
  }
}
