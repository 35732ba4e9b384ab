package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;

/**
 * What a user has lost as a grant has ended.
 *
 * @param account of the grant
 * @param lost what was left of it
 */
public record ExpiredGrant(UserOfTenant user, AccountId account, Amount lost) {
  public ExpiredGrant {
    requireNonNull(user, "user is null");
    requireNonNull(account, "account is null");
    requireNonNull(lost, "lost is null");
  }
}
