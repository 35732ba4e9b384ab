package io.tollgate.billing;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import java.util.List;
import java.util.Optional;

/** Makes, changes and lists plans, in the caller's transaction. */
public interface Plans {
  /**
   * Which plans are listed; what is empty does not filter.
   *
   * @param selling whether they can be subscribed to
   */
  record Filter(Optional<TenantId> tenant, Optional<Boolean> selling) {}

  /** By id, the oldest first. */
  ListPage<Plan> list(Transaction transaction, Filter filter, ListRequest page);

  /** Those that a tenant sells, the cheapest first; 100 at most. */
  List<Plan> sold(Transaction transaction, TenantId tenant);

  /**
   * Makes one, which can be subscribed to at once.
   *
   * @param code 1 to 64 of {@code [a-z0-9_-]}, unique in the tenant
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} naming the field; {@code CONFLICT}
   *     when the code is taken; {@code NOT_FOUND} when there is no such tenant
   */
  Plan create(Transaction transaction, TenantId tenant, String code, PlanOrder order);

  /**
   * Changes it: for new subscriptions at once, for others from their next period on.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST}; {@code NOT_FOUND}
   */
  Plan change(Transaction transaction, long id, PlanOrder order);

  /**
   * Sells it, or no more.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  Plan sell(Transaction transaction, long id, boolean selling);
}
