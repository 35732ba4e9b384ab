package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.ChargeId;

/**
 * What one charge takes from one account.
 *
 * @param units smallest units taken, at least 1
 */
public record ChargeLeg(ChargeId charge, AccountId account, long units) {
  public ChargeLeg {
    requireNonNull(charge, "charge is null");
    requireNonNull(account, "account is null");
    if (units < 1) {
      throw new IllegalArgumentException(
          "charge " + charge + " on account " + account + ": " + units + " (expected: >= 1)");
    }
  }
}
