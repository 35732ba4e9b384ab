package io.tollgate.billing;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;

/** Tells what users have. Runs in the caller's transaction, which must be one that can write. */
public interface UserStandings {
  /**
   * The user's numbers, after the free quota of the month was given where it was due.
   *
   * @param currency the tenant's
   */
  UserStanding of(
      Transaction transaction, TenantId tenant, UserId user, Asset currency, Instant now);
}
