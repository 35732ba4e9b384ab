package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.accounts.ProviderAccounts;
import io.tollgate.relay.accounts.Providers;
import io.tollgate.relay.accounts.TenantRoutings;
import io.tollgate.relay.rules.RulesAdmin;

/** What administrators change of the relay. */
public record RelayAdmin(
    Providers providers, ProviderAccounts accounts, TenantRoutings routings, RulesAdmin rules) {
  public RelayAdmin {
    requireNonNull(providers, "providers is null");
    requireNonNull(accounts, "accounts is null");
    requireNonNull(routings, "routings is null");
    requireNonNull(rules, "rules is null");
  }
}
