package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An account with a provider, and all that is needed to send requests through it. Its text form
 * leaves the key out.
 *
 * @param provider name of the provider
 * @param key the provider's API key, in clear
 * @param priority lower goes first
 * @param weight share of the load among accounts of one priority, 1 to 1000
 * @param models what it serves; empty for every model
 * @param sandbox whether it is the built-in stand-in, which callers may steer
 */
public record ProviderAccount(
    ProviderAccountId id,
    String provider,
    Protocol protocol,
    String name,
    BaseUrl baseUrl,
    String key,
    int priority,
    int weight,
    Optional<Set<String>> models,
    boolean sandbox) {
  public ProviderAccount {
    requireNonNull(id, "id is null");
    requireNonNull(provider, "provider is null");
    requireNonNull(protocol, "protocol is null");
    requireNonNull(name, "name is null");
    requireNonNull(baseUrl, "baseUrl is null");
    requireNonNull(key, "key is null");
    models = models.map(Set::copyOf);
  }

  /** What it speaks, the preferred first; at least one. */
  public List<Protocol> protocols() {
    return List.of(protocol);
  }

  /** What the provider calls the model. */
  public String upstreamModel(String model) {
    return model;
  }

  public boolean serves(String model) {
    return models.isEmpty() || models.get().contains(model);
  }

  @Override
  public String toString() {
    return "ProviderAccount[" + id + " " + provider + "/" + name + " at " + baseUrl + "]";
  }
}
