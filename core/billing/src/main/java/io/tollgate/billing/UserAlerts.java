package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Of what users want to be told. Runs in the caller's transaction. */
public interface UserAlerts {
  /** Share of the free quota that can be asked for, in percent. */
  int PERCENT_MAX = 100;

  /**
   * What the user wants to be told of.
   *
   * @param currency the tenant's
   */
  Wanted of(Transaction transaction, UserId user, Asset currency);

  /** Sets what the user is told of from now on; what is true already is told once more. */
  void set(Transaction transaction, TenantId tenant, UserId user, Wanted wanted, Instant now);

  /**
   * Those of users behind a user, by their numbers.
   *
   * @param after 0: from the first on
   */
  List<Watched> watched(Transaction transaction, long after, int max);

  /** Notes for what the user has been told of it, or that it is otherwise now. */
  void told(Transaction transaction, UserId user, boolean balance, boolean quota, Instant now);

  /**
   * What a user wants.
   *
   * @param balanceBelow told when the balance is below it; above 0
   * @param quotaPercent told when this share of the free tokens is used up, 1 to 100
   */
  record Wanted(Optional<Amount> balanceBelow, OptionalInt quotaPercent) {
    public static final Wanted NOTHING = new Wanted(Optional.empty(), OptionalInt.empty());

    public Wanted {
      requireNonNull(balanceBelow, "balanceBelow is null");
      requireNonNull(quotaPercent, "quotaPercent is null");
    }
  }

  /**
   * A user who wants something.
   *
   * @param balanceBelow smallest units of the tenant's currency; 0: nothing
   * @param quotaPercent 0: nothing
   */
  record Watched(
      TenantId tenant,
      UserId user,
      long balanceBelow,
      int quotaPercent,
      boolean balanceTold,
      boolean quotaTold) {}
}
