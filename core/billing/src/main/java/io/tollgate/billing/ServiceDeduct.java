package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.charges.CallBounds;
import io.tollgate.ground.TenantId;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Charges calls of a service: free quota first, the rest from the user's money.
 *
 * @param cost of all of them in the tenant's currency, as if none were free; empty: the service's
 *     price
 */
public record ServiceDeduct(
    TenantId tenant,
    String user,
    String service,
    long count,
    Optional<BigDecimal> cost,
    Optional<String> requestId)
    implements ServiceCall {
  /**
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when a part of it is not valid
   */
  public ServiceDeduct {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(service, "service is null");
    requireNonNull(cost, "cost is null");
    CallBounds.check(count, requestId);
    cost.ifPresent(CallBounds::checkCost);
  }
}
