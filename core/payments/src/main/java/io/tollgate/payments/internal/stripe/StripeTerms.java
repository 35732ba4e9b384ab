package io.tollgate.payments.internal.stripe;

import static java.util.Objects.requireNonNull;

import io.tollgate.payments.StripeKeys;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How Stripe is reached.
 *
 * @param tolerance how old a webhook may be
 * @param billBytes how long a day's lists may be
 */
public record StripeTerms(
    StripeKeys keys, Duration tolerance, long billBytes, InstantSource clock) {
  public StripeTerms {
    requireNonNull(keys, "keys is null");
    requireNonNull(tolerance, "tolerance is null");
    requireNonNull(clock, "clock is null");
  }
}
