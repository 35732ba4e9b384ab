package io.tollgate.billing;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import java.time.Instant;
import java.util.UUID;

/**
 * A payment that was booked.
 *
 * @param order the order's number in our tables
 * @param paymentId what the channel calls it
 * @param role {@code credited}, {@code second} or {@code wrong_amount}
 * @param account where it was booked to
 * @param cause whose word it was
 */
public record RechargePayment(
    long id,
    long order,
    String paymentId,
    String role,
    Amount amount,
    Amount refunded,
    AccountId account,
    UUID transfer,
    String cause,
    Instant receivedAt) {}
