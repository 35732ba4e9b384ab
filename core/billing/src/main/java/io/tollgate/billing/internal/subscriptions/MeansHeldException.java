package io.tollgate.billing.internal.subscriptions;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.Set;

/** The means cover a price only with what gateways or reservations hold of them now. */
final class MeansHeldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Set<AccountId> accounts;

  MeansHeldException(Amount price, Set<AccountId> accounts) {
    super(
        "the balance covers "
            + price
            + " with what requests in flight hold (expected: tried again when they have ended)",
        null,
        false,
        false);
    this.accounts = Set.copyOf(accounts);
  }

  Set<AccountId> accounts() {
    return accounts;
  }

  Refusal refusal() {
    return new Refusal(ErrorCode.CONFLICT, String.valueOf(getMessage()));
  }
}
