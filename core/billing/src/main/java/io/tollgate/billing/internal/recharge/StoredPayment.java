package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.schema.billing.tables.records.RechargePaymentRecord;
import java.time.Instant;
import java.util.UUID;

/** A payment that was booked. */
record StoredPayment(
    long id,
    long order,
    String paymentId,
    PaymentRole role,
    Amount amount,
    Amount refunded,
    AccountId account,
    UUID transfer,
    Instant receivedAt) {
  StoredPayment {
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(role, "role is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(refunded, "refunded is null");
    requireNonNull(account, "account is null");
    requireNonNull(transfer, "transfer is null");
    requireNonNull(receivedAt, "receivedAt is null");
  }

  static StoredPayment read(RechargePaymentRecord row) {
    Asset currency = Asset.money(row.getCurrency());
    return new StoredPayment(
        row.getId(),
        row.getOrderRef(),
        row.getPaymentId(),
        PaymentRole.of(row.getRole()),
        new Amount(currency, row.getAmount()),
        new Amount(currency, row.getRefunded()),
        new AccountId(row.getAccountId()),
        row.getTransferId(),
        row.getReceivedAt());
  }
}
