package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An account that programs keep, with the provider it belongs to; see {@link AccountSettings} for
 * the fields. Its text form leaves the key out.
 *
 * @param protocol what the provider's accounts speak; those of OpenAI speak Responses too
 */
public record NewProviderAccount(
    String provider,
    Protocol protocol,
    String name,
    String baseUrl,
    String key,
    int priority,
    int weight,
    Optional<Set<String>> models,
    boolean sandbox) {
  public NewProviderAccount {
    requireNonNull(protocol, "protocol is null");
    models = models.map(Set::copyOf);
    AccountSettings _ = settings(provider, name, baseUrl, key, priority, weight, models, sandbox);
  }

  /** An account with equal share and first priority that serves every model. */
  public static NewProviderAccount of(
      String provider, Protocol protocol, String name, String baseUrl, String key) {
    return new NewProviderAccount(
        provider, protocol, name, baseUrl, key, 0, 1, Optional.empty(), false);
  }

  public NewProviderAccount asSandbox() {
    return new NewProviderAccount(
        provider, protocol, name, baseUrl, key, priority, weight, models, true);
  }

  /** What the provider's accounts speak. */
  public List<Protocol> protocols() {
    return protocol == Protocol.OPENAI
        ? List.of(Protocol.OPENAI, Protocol.RESPONSES)
        : List.of(protocol);
  }

  /** The account as an operator would say it. */
  public AccountSettings settings() {
    return settings(provider, name, baseUrl, key, priority, weight, models, sandbox);
  }

  @Override
  public String toString() {
    return "NewProviderAccount[" + provider + "/" + name + " at " + baseUrl + "]";
  }

  private static AccountSettings settings(
      String provider,
      String name,
      String baseUrl,
      String key,
      int priority,
      int weight,
      Optional<Set<String>> models,
      boolean sandbox) {
    return AccountSettings.builder(provider, name)
        .baseUrl(baseUrl)
        .key(key)
        .priority(priority)
        .weight(weight)
        .models(new ModelNames(models, Map.of()))
        .sandbox(sandbox)
        .build();
  }
}
