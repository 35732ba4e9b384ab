package io.tollgate.billing.internal.subscriptions;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a subscription is treated whose balance is short.
 *
 * @param grace how long it is kept after its period
 * @param retry how often its balance is looked at in the meantime
 */
public record SubscriptionRules(Duration grace, Duration retry) {
  public SubscriptionRules {
    requireNonNull(grace, "grace is null");
    requireNonNull(retry, "retry is null");
  }
}
