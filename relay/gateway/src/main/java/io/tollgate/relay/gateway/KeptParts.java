package io.tollgate.relay.gateway;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.metering.DeferredCharges;
import io.tollgate.relay.accounts.KeptObjects;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What the gateway needs for what lives longer than a request; all of it safe for use by many
 * threads.
 *
 * @param clock the database's time
 * @param executor runs blocking work; usually one virtual thread per task
 */
public record KeptParts(
    KeptConfig config,
    KeptObjects objects,
    DeferredCharges charges,
    Transactions transactions,
    Clock clock,
    Executor executor) {
  public KeptParts {
    requireNonNull(config, "config is null");
    requireNonNull(objects, "objects is null");
    requireNonNull(charges, "charges is null");
    requireNonNull(transactions, "transactions is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(executor, "executor is null");
  }
}
