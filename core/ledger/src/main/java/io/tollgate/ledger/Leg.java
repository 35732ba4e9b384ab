package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AccountId;

/**
 * One side of a transfer.
 *
 * @param units signed, smallest units: negative takes from the account, positive adds; never 0
 */
public record Leg(AccountId account, long units) {
  public Leg {
    requireNonNull(account, "account is null");
    if (units == 0) {
      throw new IllegalArgumentException("leg of account " + account + ": 0 (expected: not 0)");
    }
  }
}
