package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.ProviderAccount;

/**
 * An account as it is configured now, and its health, which outlives a change of the configuration.
 */
record AccountState(ProviderAccount account, AccountHealth health) {}
