package io.tollgate.trading.engine;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * Strategies of the operator, and which of them are open to tenants. Runs in the caller's
 * transaction. Safe for use by many threads.
 */
public interface Strategies {
  /**
   * Makes a strategy.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when a part of it is not valid;
   *     {@code CONFLICT} when the code is taken
   */
  Strategy create(Transaction transaction, Strategy.Terms terms);

  Optional<Strategy> findByCode(Transaction transaction, String code);

  /**
   * Opens a strategy to a tenant, with a copy of its terms.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such strategy; {@code
   *     CONFLICT} when it is open to the tenant already; {@code PLAN_LIMIT} when the tenant's plan
   *     has no room for another one
   */
  TenantStrategy open(Transaction transaction, TenantId tenant, long strategy);

  /** Those that are open to a tenant and on, in its order. */
  List<TenantStrategy> openTo(Transaction transaction, TenantId tenant);

  /** One of a tenant's, on or off, by the strategy's own number. */
  Optional<TenantStrategy> find(Transaction transaction, TenantId tenant, long strategy);
}
