package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A stored account and how it is.
 *
 * @param settings what the operator said; of keys that cannot be opened nothing
 * @param readable whether its secrets could be opened
 * @param protocols that it speaks, whoever says so
 * @param baseUrl where it is reached, whoever says so
 * @param providerEnabled whether its provider's accounts may serve at all
 * @param state the worse of the account's and of its best key's
 * @param health of the account itself, whichever key is used
 * @param keyHealth by the key's number
 */
public record AccountStanding(
    ProviderAccountId id,
    AccountSettings settings,
    boolean readable,
    List<Protocol> protocols,
    String baseUrl,
    boolean providerEnabled,
    HealthState state,
    HealthReport health,
    Map<Long, HealthReport> keyHealth,
    Instant createdAt,
    Instant updatedAt) {
  public AccountStanding {
    requireNonNull(id, "id is null");
    requireNonNull(settings, "settings is null");
    protocols = List.copyOf(protocols);
    requireNonNull(baseUrl, "baseUrl is null");
    requireNonNull(state, "state is null");
    requireNonNull(health, "health is null");
    keyHealth = Map.copyOf(keyHealth);
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }
}
