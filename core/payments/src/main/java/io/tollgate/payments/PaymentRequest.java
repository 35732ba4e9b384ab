package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import java.time.Instant;
import java.util.Optional;

/**
 * A payment to ask a channel for.
 *
 * @param order the order's number at the channel, 6 to 32 letters and digits
 * @param subject what the payer reads
 * @param notifyUrl where the channel tells of the payment
 * @param returnUrl where the payer goes afterwards
 * @param clientIp the payer's address, where it is known
 * @param madeAt when the order was made
 * @param expiresAt when the order ends unpaid
 */
public record PaymentRequest(
    String order,
    Amount amount,
    String subject,
    String notifyUrl,
    String returnUrl,
    Optional<String> clientIp,
    Instant madeAt,
    Instant expiresAt) {
  public PaymentRequest {
    requireNonNull(order, "order is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(notifyUrl, "notifyUrl is null");
    requireNonNull(returnUrl, "returnUrl is null");
    requireNonNull(clientIp, "clientIp is null");
    requireNonNull(madeAt, "madeAt is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }
}
