package io.tollgate.billing.internal.recharge;

import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.User;
import io.tollgate.payments.PaymentMethod;
import java.time.Instant;
import java.util.Optional;

/** An order that is to be stored. */
record NewOrder(
    TenantId tenant,
    User user,
    String orderId,
    String channelOrder,
    PaymentMethod method,
    Amount amount,
    Optional<String> idempotencyKey,
    byte[] requestHash,
    String subject,
    Optional<String> returnUrl,
    Optional<String> notifyUrl,
    Optional<String> clientIp,
    Optional<Long> plan,
    Instant expiresAt) {
  NewOrder named(String newOrderId) {
    return new NewOrder(
        tenant,
        user,
        newOrderId,
        channelOrder,
        method,
        amount,
        idempotencyKey,
        requestHash,
        subject,
        returnUrl,
        notifyUrl,
        clientIp,
        plan,
        expiresAt);
  }
}
