package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Strategies of the operator, and which of them are open to which tenant. Runs in the caller's
 * transaction. Safe for use by many threads.
 */
public interface Strategies {
  /**
   * Makes a strategy.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when a part of it is not valid, or
   *     the code is taken
   */
  Strategy create(Transaction transaction, Strategy.Sheet sheet);

  /** The same with these terms, and the usual rest. */
  default Strategy create(Transaction transaction, Strategy.Terms terms) {
    return create(transaction, Strategy.Sheet.of(terms));
  }

  /**
   * Changes a strategy; of two at once the second changes what the first has left.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; else as {@link #create}
   */
  Strategy change(Transaction transaction, long id, UnaryOperator<Strategy.Sheet> change);

  /**
   * Takes a strategy away, from its tenants too. What was traded by it stays.
   *
   * @return as it was
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code INVALID_REQUEST} while somebody
   *     follows it
   */
  Strategy delete(Transaction transaction, long id);

  Optional<Strategy> find(Transaction transaction, long id);

  Optional<Strategy> findByCode(Transaction transaction, String code);

  /** Strategies, the oldest first. */
  ListPage<Strategy> list(Transaction transaction, StrategyFilter filter, ListRequest request);

  /**
   * Opens a strategy to a tenant, with a copy of its terms.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such strategy; {@code
   *     INVALID_REQUEST} when it is open to the tenant already; {@code PLAN_LIMIT} when the
   *     tenant's plan has no room for another one
   */
  default TenantStrategy open(Transaction transaction, TenantId tenant, long strategy) {
    return open(transaction, tenant, strategy, copied -> copied);
  }

  /**
   * The same on other terms.
   *
   * @param terms makes them of a copy of the strategy's
   */
  TenantStrategy open(
      Transaction transaction,
      TenantId tenant,
      long strategy,
      UnaryOperator<TenantStrategy.Terms> terms);

  /**
   * Changes on what terms a strategy is open to a tenant.
   *
   * @param id of the tenant's strategy
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the tenant has none of that number;
   *     {@code INVALID_REQUEST} when a part is not valid
   */
  TenantStrategy changeOfTenant(
      Transaction transaction,
      TenantId tenant,
      long id,
      UnaryOperator<TenantStrategy.Terms> change);

  /**
   * Gives a tenant's strategy the operator's name and terms again.
   *
   * @param id of the tenant's strategy
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the tenant has none of that number
   */
  TenantStrategy copyFromMaster(Transaction transaction, TenantId tenant, long id);

  /**
   * Closes a strategy to a tenant.
   *
   * @param id of the tenant's strategy
   * @return as it was
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the tenant has none of that number;
   *     {@code INVALID_REQUEST} while one of its users follows it
   */
  TenantStrategy closeToTenant(Transaction transaction, TenantId tenant, long id);

  /** Those that are open to a tenant and on, in its order. */
  List<TenantStrategy> openTo(Transaction transaction, TenantId tenant);

  /** A tenant's strategies, on or off, in its order. */
  ListPage<TenantStrategy> listOfTenant(
      Transaction transaction, TenantStrategyFilter filter, ListRequest request);

  /** One of a tenant's, on or off, by the strategy's own number. */
  Optional<TenantStrategy> find(Transaction transaction, TenantId tenant, long strategy);

  /**
   * Which strategies.
   *
   * @param openTo those open to this tenant
   */
  record StrategyFilter(Optional<TenantId> openTo, Optional<Boolean> active) {
    public StrategyFilter {
      requireNonNull(openTo, "openTo is null");
      requireNonNull(active, "active is null");
    }
  }

  /**
   * Which strategies of a tenant.
   *
   * @param active whether the tenant has them on
   */
  record TenantStrategyFilter(TenantId tenant, Optional<Boolean> active) {
    public TenantStrategyFilter {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(active, "active is null");
    }
  }
}
