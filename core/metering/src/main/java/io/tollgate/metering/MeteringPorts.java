package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;

/**
 * What metering asks of the contexts above it and of the process; the composition root fills it.
 *
 * @param quotes finds the price of a passage again, for settlement and recovery
 * @param accountCosts hears what provider accounts have cost
 * @param events tells others of requests that are booked
 * @param onFault told when a meter log fails: charges can no longer be kept, and the process has to
 *     end at once
 */
public record MeteringPorts(
    Entitlements entitlements,
    SpendLimits limits,
    QuoteBook quotes,
    InDoubtRule.Source inDoubtRules,
    AccountCostListener accountCosts,
    BookingEvents events,
    Consumer<Throwable> onFault) {
  public MeteringPorts {
    requireNonNull(entitlements, "entitlements is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(quotes, "quotes is null");
    requireNonNull(inDoubtRules, "inDoubtRules is null");
    requireNonNull(accountCosts, "accountCosts is null");
    requireNonNull(events, "events is null");
    requireNonNull(onFault, "onFault is null");
  }
}
