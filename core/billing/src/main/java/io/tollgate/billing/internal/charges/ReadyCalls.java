package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.ledger.UserOfTenant;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Calls that can be decided until a time.
 *
 * @param until the first end of a month of one of their tenants
 */
record ReadyCalls(List<ReadyCall> calls, Instant until) {
  ReadyCalls {
    calls = List.copyOf(calls);
    requireNonNull(until, "until is null");
  }

  /** Whose calls they are. */
  Set<UserOfTenant> users() {
    Set<UserOfTenant> users = new LinkedHashSet<>();
    calls.forEach(each -> users.add(each.user()));
    return users;
  }
}
