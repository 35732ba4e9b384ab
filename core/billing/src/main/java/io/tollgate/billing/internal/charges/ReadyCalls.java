package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

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
}
