package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.Services;
import io.tollgate.billing.internal.limits.OpenLimits;
import io.tollgate.ledger.Ledger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What batches are made with.
 *
 * @param clock the database's time
 * @param reserved how long a reservation lasts
 */
record BatchParts(
    Ledger ledger,
    Services services,
    OpenLimits limits,
    InstantSource clock,
    RandomGenerator random,
    Duration reserved,
    TenantAccounts tenants,
    ChargeEvents events,
    ChargeSteps steps) {
  BatchParts {
    requireNonNull(ledger, "ledger is null");
    requireNonNull(services, "services is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(random, "random is null");
    requireNonNull(reserved, "reserved is null");
    requireNonNull(tenants, "tenants is null");
    requireNonNull(events, "events is null");
    requireNonNull(steps, "steps is null");
  }
}
