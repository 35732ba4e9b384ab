package io.tollgate.rewards;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;

/** What tenants have set. Runs in the caller's transaction. */
public interface RewardTermsBook {
  /** What holds for a tenant; {@link RewardTerms#DEFAULT} where it has set nothing. */
  RewardTerms of(Transaction transaction, TenantId tenant);

  /**
   * Sets them. With another table of levels every level is computed anew in the same transaction;
   * where the high-water mark is switched on, every account begins at 0.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such tenant
   */
  RewardTerms set(Transaction transaction, TenantId tenant, RewardTerms terms);
}
