package io.tollgate.rewards;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Optional;
import java.util.OptionalLong;

/** Charges a share of realised profits to point cards. Safe for use by many threads. */
public interface ProfitShare {
  /**
   * A position was closed; to be told of every close, with a loss too, in the transaction that
   * books it or later, once or several times. Charges the tenant's share of the profit (30 % as
   * installed; half even, 8 decimals): from self as far as it goes, then from gift; the rest is
   * owed. With the tenant's high-water mark only what lifts the account's cumulative profit above
   * its highest so far counts. What self pays opens a profit pool, which is distributed after the
   * commit, and again by a job when that failed.
   *
   * <p>Takes the user's accounts in the ledger; a caller who posts in the same transaction does so
   * for this user only, and before.
   *
   * @return the charge; of a close that was told before, the first answer
   * @throws io.tollgate.ground.Refusal {@code CONFLICT} when this close was told with another
   *     profit or of another user; {@code USER_NOT_FOUND} when the tenant has no such user
   */
  ProfitCharge close(Transaction transaction, ProfitClose close);

  /**
   * A position that was closed.
   *
   * @param account the exchange account, as trading calls it; 1 to 64 characters
   * @param closeId of the close, unique per account; 1 to 128 characters
   * @param profit realised, after fees and funding; negative for a loss
   */
  record ProfitClose(
      TenantId tenant,
      UserId user,
      String account,
      String closeId,
      Amount profit,
      AccountNature nature) {
    private static final int ACCOUNT_MAX = 64;
    private static final int CLOSE_MAX = 128;

    public ProfitClose {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireName("account_id", account, ACCOUNT_MAX);
      requireName("close_id", closeId, CLOSE_MAX);
      profit = Points.requireBounded("profit", profit);
      requireNonNull(nature, "nature is null");
    }

    private static void requireName(String field, String given, int most) {
      if (given.isBlank()
          || given.length() > most
          || given.chars().anyMatch(Character::isISOControl)) {
        throw GivenText.refused(field, given, "1 to " + most + " characters");
      }
    }
  }

  /**
   * What was charged for a close.
   *
   * @param charged the share: from self, from gift and owed together; 0 for a loss
   * @param owed what neither covered then
   * @param pool that self opened
   */
  record ProfitCharge(
      Amount charged,
      Amount fromSelf,
      Amount fromGift,
      Amount owed,
      OptionalLong pool,
      boolean repeated) {
    /** Nothing is charged, and nothing kept. */
    public static final ProfitCharge NONE =
        new ProfitCharge(
            Points.ZERO, Points.ZERO, Points.ZERO, Points.ZERO, OptionalLong.empty(), false);

    public ProfitCharge {
      requireNonNull(charged, "charged is null");
      requireNonNull(fromSelf, "fromSelf is null");
      requireNonNull(fromGift, "fromGift is null");
      requireNonNull(owed, "owed is null");
      requireNonNull(pool, "pool is null");
    }
  }

  /** Where it is asked what users' running bindings want on the card. */
  @FunctionalInterface
  interface BindingMinimums {
    /** There are no bindings. */
    BindingMinimums NONE = (transaction, tenant, user) -> Optional.empty();

    /** The largest {@code min_point_card} of the user's running bindings that are not on paper. */
    Optional<Amount> highest(Transaction transaction, TenantId tenant, UserId user);
  }
}
