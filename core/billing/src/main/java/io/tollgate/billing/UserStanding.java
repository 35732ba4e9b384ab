package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;

/**
 * What a user has at one time. What is held for requests under way is still counted as theirs.
 *
 * @param quotaLimit tokens given by the grants that are valid now
 * @param quotaRemaining tokens left of them
 * @param balance money they have, gifts and grants included, less what they owe
 * @param owed what they owe; never negative
 * @param version grows with every change of these numbers
 */
public record UserStanding(
    long quotaLimit, long quotaRemaining, Amount balance, Amount owed, long version) {
  public UserStanding {
    requireNonNull(balance, "balance is null");
    requireNonNull(owed, "owed is null");
  }

  /** Tokens used of the valid grants. */
  public long quotaUsed() {
    return quotaLimit - quotaRemaining;
  }

  /** Whether a request would be let through at all: nothing is owed, and something is left. */
  public boolean allowed() {
    return owed.isZero() && (quotaRemaining > 0 || balance.isPositive());
  }
}
