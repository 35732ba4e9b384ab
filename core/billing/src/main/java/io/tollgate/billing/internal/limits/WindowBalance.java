package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Account;
import java.util.OptionalLong;

/**
 * What has been put into a window, as its locked row says.
 *
 * @param granted smallest units in all, what was taken back deducted
 * @param applied the limit's amount, when all of it has been given or taken back
 * @param transfers how many have given or taken back
 */
record WindowBalance(AccountId account, long granted, OptionalLong applied, long transfers) {
  WindowBalance {
    requireNonNull(account, "account is null");
    requireNonNull(applied, "applied is null");
  }

  boolean has(long amount) {
    return applied.isPresent() && applied.getAsLong() == amount;
  }

  /**
   * What is to be posted to the allowance so that a limit of this amount applies: what was spent
   * stays spent, and of what is too much only what nobody holds can be taken.
   *
   * @param allowance as it is now, locked
   */
  long owing(long amount, Account allowance) {
    long spent = granted - allowance.balance();
    long wanted = Math.max(amount, spent) - granted;
    return Math.max(wanted, -allowance.available());
  }

  /** The row after this was posted. */
  WindowBalance after(long posted, long amount, Account allowance) {
    long spent = granted - allowance.balance();
    long then = Math.addExact(granted, posted);
    return new WindowBalance(
        account,
        then,
        then == Math.max(amount, spent) ? OptionalLong.of(amount) : OptionalLong.empty(),
        posted == 0 ? transfers : transfers + 1);
  }

  /** The row after this was taken back because there is no limit any more. */
  WindowBalance without(long taken) {
    return new WindowBalance(
        account,
        Math.subtractExact(granted, taken),
        OptionalLong.empty(),
        taken == 0 ? transfers : transfers + 1);
  }
}
