package io.tollgate.relay.rules.internal;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.rules.CacheRule;
import io.tollgate.relay.rules.CacheRuleOrder;
import io.tollgate.relay.rules.CacheRuleRow;
import io.tollgate.relay.rules.RequestRule;
import io.tollgate.relay.rules.internal.RuleTable.OfTenant;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts all rules of the database together: a key's narrow those of its tenant. */
final class RuleReading {
  private final Map<TenantId, CacheRule> caches = new HashMap<>();
  private final Map<TenantId, Map<ApiKeyId, CacheRuleOrder>> cachesOfKeys = new HashMap<>();

  private RuleReading() {}

  static RuleTable all(Transaction transaction) {
    RuleReading reading = new RuleReading();
    StoredCacheRules.all(transaction).forEach(reading::add);
    return reading.table();
  }

  private void add(CacheRuleTable.Stored stored) {
    CacheRuleRow row = stored.row();
    CacheRuleOrder set = row.set();
    if (set.key().isPresent()) {
      cachesOfKeys.computeIfAbsent(set.tenant(), _ -> new HashMap<>()).put(set.key().get(), set);
    } else if (set.enabled()) {
      caches.put(
          set.tenant(),
          new CacheRule(
              Duration.ofSeconds(set.ttlSeconds().orElseThrow()),
              set.hitShare().orElseThrow(),
              stored.generation()));
    }
  }

  private RuleTable table() {
    Map<TenantId, OfTenant> tenants = new HashMap<>();
    for (TenantId tenant : new HashSet<>(caches.keySet())) {
      Set<ApiKeyId> own = cachesOfKeys.getOrDefault(tenant, Map.of()).keySet();
      Map<ApiKeyId, RequestRule> keys = new HashMap<>();
      own.forEach(key -> keys.put(key, rule(cache(tenant, key))));
      tenants.put(tenant, new OfTenant(rule(Optional.ofNullable(caches.get(tenant))), keys));
    }
    return new RuleTable(tenants);
  }

  private static RequestRule rule(Optional<CacheRule> cache) {
    return cache.isEmpty() ? RequestRule.NONE : new RequestRule(cache);
  }

  private Optional<CacheRule> cache(TenantId tenant, ApiKeyId key) {
    Optional<CacheRule> tenants = Optional.ofNullable(caches.get(tenant));
    CacheRuleOrder own = cachesOfKeys.getOrDefault(tenant, Map.of()).get(key);
    if (own == null) {
      return tenants;
    }
    return tenants
        .filter(_ -> own.enabled())
        .map(
            rule -> {
              long ttl =
                  Math.min(rule.ttl().toSeconds(), own.ttlSeconds().orElse(Integer.MAX_VALUE));
              return new CacheRule(Duration.ofSeconds(ttl), rule.hitShare(), rule.generation());
            });
  }
}
