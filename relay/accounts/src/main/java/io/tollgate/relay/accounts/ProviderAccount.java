package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import java.util.List;

/**
 * An account with a provider, and all that is needed to send a request through it with one of its
 * keys. Its text form leaves the key out. What a routing gives is the same object for the same key,
 * until the account is changed.
 *
 * @param protocols that it speaks, the preferred first; at least one
 * @param apiKey the key to use
 * @param settings what the operator said, with nothing left to the provider's
 */
public record ProviderAccount(
    ProviderAccountId id,
    List<Protocol> protocols,
    BaseUrl baseUrl,
    AccountKey apiKey,
    AccountSettings settings) {
  public ProviderAccount {
    requireNonNull(id, "id is null");
    protocols = AccountSettings.requireProtocols(protocols, 1);
    requireNonNull(baseUrl, "baseUrl is null");
    requireNonNull(apiKey, "apiKey is null");
    requireNonNull(settings, "settings is null");
  }

  public String provider() {
    return settings.provider();
  }

  public String name() {
    return settings.name();
  }

  /** The provider's API key, in clear. */
  public String key() {
    return apiKey.secret();
  }

  public boolean serves(String model) {
    return settings.models().serves(model);
  }

  /** What the provider calls the model. */
  public String upstreamModel(String model) {
    return settings.models().upstream(model);
  }

  /** Whether it is the built-in stand-in, which callers may steer. */
  public boolean sandbox() {
    return settings.sandbox();
  }

  @Override
  public String toString() {
    return "ProviderAccount[" + id + " " + provider() + "/" + name() + " at " + baseUrl + "]";
  }
}
