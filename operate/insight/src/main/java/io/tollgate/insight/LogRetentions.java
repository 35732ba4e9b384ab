package io.tollgate.insight;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import java.util.Map;
import java.util.OptionalInt;

/** For how long requests of tenants stay in the log. Safe for use by many threads. */
public interface LogRetentions {
  /** The fewest days for which requests can be kept, and the most. */
  int DAYS_MIN = 1;

  int DAYS_MAX = 3_650;

  /** The days of a tenant; empty where the setting counts. */
  OptionalInt of(Transaction transaction, TenantId tenant);

  /**
   * Sets them.
   *
   * @param days {@link #DAYS_MIN} to {@link #DAYS_MAX}; empty: the setting counts
   */
  void set(Transaction transaction, TenantId tenant, OptionalInt days);

  /** The days of tenants without days of their own; empty where the setting counts. */
  OptionalInt usual(Transaction transaction);

  /**
   * Sets them.
   *
   * @param days {@link #DAYS_MIN} to {@link #DAYS_MAX}; empty: the setting counts
   */
  void setUsual(Transaction transaction, OptionalInt days);

  /** Those of all tenants that have days of their own. */
  Map<TenantId, Integer> all(Transaction transaction);
}
