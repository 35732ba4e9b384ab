package io.tollgate.relay.rules.internal;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rules of one kind: those of tenants, and those of keys, which narrow them and do nothing alone.
 *
 * @param <T> what a row says
 */
final class Narrowed<T extends Narrowed.Terms> {
  private final BinaryOperator<T> narrowing;
  private final Map<TenantId, T> tenants = new HashMap<>();
  private final Map<TenantId, Map<ApiKeyId, T>> keys = new HashMap<>();

  /** What a row says. */
  interface Terms {
    boolean enabled();
  }

  /**
   * @param narrowing makes one of a tenant's terms and of a key's
   */
  Narrowed(BinaryOperator<T> narrowing) {
    this.narrowing = narrowing;
  }

  void add(long tenant, @Nullable Long key, T terms) {
    TenantId id = new TenantId(tenant);
    if (key != null) {
      keys.computeIfAbsent(id, _ -> new HashMap<>()).put(new ApiKeyId(key), terms);
    } else if (terms.enabled()) {
      tenants.put(id, terms);
    }
  }

  Set<TenantId> tenants() {
    return tenants.keySet();
  }

  /** Keys of the tenant with terms of their own. */
  Set<ApiKeyId> keys(TenantId tenant) {
    return keys.getOrDefault(tenant, Map.of()).keySet();
  }

  Optional<T> of(TenantId tenant) {
    return Optional.ofNullable(tenants.get(tenant));
  }

  Optional<T> of(TenantId tenant, ApiKeyId key) {
    T own = keys.getOrDefault(tenant, Map.of()).get(key);
    return own == null
        ? of(tenant)
        : of(tenant).filter(_ -> own.enabled()).map(terms -> narrowing.apply(terms, own));
  }
}
