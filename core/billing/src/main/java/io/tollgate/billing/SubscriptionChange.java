package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import java.time.Instant;

/**
 * What going over to another plan means.
 *
 * @param at when it does: now, or at the end of the period
 * @param immediate whether that is now
 * @param due what is paid now: of what the new plan costs more, the part for the rest of the period
 * @param tokens what is given now, until the window ends
 */
public record SubscriptionChange(
    Plan plan, Instant at, boolean immediate, Amount due, long tokens) {
  public SubscriptionChange {
    requireNonNull(plan, "plan is null");
    requireNonNull(at, "at is null");
    requireNonNull(due, "due is null");
  }
}
