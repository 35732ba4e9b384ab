package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import java.util.Optional;

/**
 * Which accounts are listed; what is empty does not filter.
 *
 * @param provider name of the provider
 * @param protocol one that the account speaks
 * @param model one that it serves
 * @param name text that its name contains, whatever the case
 */
public record AccountFilter(
    Optional<String> provider,
    Optional<Protocol> protocol,
    Optional<Boolean> enabled,
    Optional<HealthState> state,
    Optional<String> model,
    Optional<String> group,
    Optional<String> name) {
  public static final AccountFilter ALL =
      new AccountFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public AccountFilter {
    requireNonNull(provider, "provider is null");
    requireNonNull(protocol, "protocol is null");
    requireNonNull(enabled, "enabled is null");
    requireNonNull(state, "state is null");
    requireNonNull(model, "model is null");
    requireNonNull(group, "group is null");
    requireNonNull(name, "name is null");
  }
}
