package io.tollgate.relay.accounts.internal;

import io.tollgate.ground.TenantId;
import io.tollgate.relay.accounts.RoutingStrategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accounts that may serve, and what tenants want, at one moment. Immutable. */
record RouteMap(List<RoutedAccount> accounts, Map<TenantId, RoutingStrategy> strategies) {
  static final RouteMap EMPTY = new RouteMap(List.of(), Map.of());

  RouteMap {
    accounts = List.copyOf(accounts);
    strategies = Map.copyOf(strategies);
  }

  RoutingStrategy strategy(Optional<TenantId> tenant) {
    return strategies.isEmpty() || tenant.isEmpty()
        ? RoutingStrategy.WEIGHTED
        : strategies.getOrDefault(tenant.get(), RoutingStrategy.WEIGHTED);
  }
}
