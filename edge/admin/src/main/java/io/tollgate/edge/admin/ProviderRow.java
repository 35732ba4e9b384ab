package io.tollgate.edge.admin;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.accounts.ProviderStanding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider as it is listed.
 *
 * @param protocols that its accounts speak unless they say otherwise
 * @param baseUrl null: each account says it
 * @param healthyAccounts those that can serve now
 */
record ProviderRow(
    long id,
    String name,
    List<String> protocols,
    @Nullable String baseUrl,
    boolean enabled,
    long accounts,
    long healthyAccounts,
    Instant createdAt,
    Instant updatedAt) {
  static ProviderRow of(ProviderStanding provider) {
    return new ProviderRow(
        provider.id(),
        provider.settings().name(),
        provider.settings().protocols().stream().map(Protocol::code).toList(),
        provider.settings().baseUrl().orElse(null),
        provider.settings().enabled(),
        provider.accounts(),
        provider.serving(),
        provider.createdAt(),
        provider.updatedAt());
  }
}
