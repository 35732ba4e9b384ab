package io.tollgate.relay.accounts;

import io.tollgate.contracts.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * What an operator says of a provider.
 *
 * @param name by which it is known for ever
 * @param protocols that its accounts speak unless they say otherwise, the preferred first
 * @param baseUrl where its accounts are reached unless they say otherwise
 * @param enabled whether any of its accounts may serve
 */
public record ProviderSettings(
    String name, List<Protocol> protocols, Optional<String> baseUrl, boolean enabled) {
  public ProviderSettings {
    AccountSettings.requireProvider(name);
    protocols = AccountSettings.requireProtocols(protocols, 1);
    baseUrl.ifPresent(AccountSettings::requireUrl);
  }
}
