package io.tollgate.billing;

import io.tollgate.ground.TenantId;
import java.util.Optional;

/**
 * Which payments are in a list.
 *
 * @param apart those that were kept apart, or those that were not
 */
public record RechargePaymentFilter(Optional<TenantId> tenant, Optional<Boolean> apart) {}
