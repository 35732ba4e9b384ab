package io.tollgate.billing;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.payments.PaymentMethod;
import java.time.Instant;
import java.util.Optional;

/**
 * Which recharge orders are in a list.
 *
 * @param start made at this time or later
 * @param end made before this time
 */
public record RechargeOrderFilter(
    Optional<TenantId> tenant,
    Optional<UserId> user,
    Optional<String> orderId,
    Optional<RechargeStatus> status,
    Optional<PaymentMethod> method,
    Optional<Instant> start,
    Optional<Instant> end) {}
