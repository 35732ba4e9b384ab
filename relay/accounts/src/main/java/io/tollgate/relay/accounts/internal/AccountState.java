package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.ProviderAccount;

/**
 * An account as it is configured now, and how it fares; the second outlives a change of the first.
 */
record AccountState(ProviderAccount account, AccountHealth health) {}
