package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.charges.CallBounds;
import io.tollgate.ground.TenantId;
import java.util.Optional;

/**
 * Asks whether calls of a service would be let through. With a request id what they cost is
 * reserved for the deduct of the same id, until it lapses.
 */
public record QuotaCheck(
    TenantId tenant, String user, String service, long count, Optional<String> requestId)
    implements ServiceCall {
  /**
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when a part of it is not valid
   */
  public QuotaCheck {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(service, "service is null");
    CallBounds.check(count, requestId);
  }
}
