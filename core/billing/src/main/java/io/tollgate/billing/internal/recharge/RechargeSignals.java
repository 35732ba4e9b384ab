package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeStatus;
import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells others what became of orders: {@code balance.changed} with the commit, metrics after it.
 */
final class RechargeSignals {
  private static final String TYPE = "balance.changed";

  private final RechargeMeters meters;

  RechargeSignals(RechargeMeters meters) {
    this.meters = requireNonNull(meters, "meters is null");
  }

  void made(Transaction transaction, StoredOrder order) {
    transaction.afterCommit(() -> meters.moved(RechargeStatus.PENDING, order.amount()));
  }

  void credited(Transaction transaction, StoredOrder order, PaymentBooks.Booked booked) {
    publish(
        transaction,
        order,
        new Amount(order.amount().asset(), booked.balance()),
        order.amount().toDecimal(),
        "recharge");
    transaction.afterCommit(
        () -> {
          meters.moved(RechargeStatus.SUCCESS, order.amount());
          meters.credited(order.amount());
        });
  }

  void keptApart(Transaction transaction, StoredOrder order) {
    transaction.afterCommit(() -> meters.outcome("kept_apart", order.amount()));
  }

  void wrongAmount(Transaction transaction) {
    transaction.afterCommit(meters::failed);
  }

  void ended(Transaction transaction, StoredOrder order, RechargeStatus status) {
    transaction.afterCommit(() -> meters.moved(status, order.amount()));
  }

  /** A part of what was credited, or all of it, was given back. */
  void refunded(Transaction transaction, StoredOrder order, Amount amount, Amount balance) {
    publish(transaction, order, balance, amount.toDecimal().negate(), "refund");
    transaction.afterCommit(() -> meters.moved(RechargeStatus.REFUNDED, amount));
  }

  /** Something that was kept apart was given back. */
  void returned(Transaction transaction, Amount amount) {
    transaction.afterCommit(() -> meters.outcome("returned", amount));
  }

  private void publish(
      Transaction transaction,
      StoredOrder order,
      Amount balance,
      BigDecimal change,
      String reason) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("balance", balance.toDecimal());
    event.put("change", change);
    event.put("reason", reason);
    event.put("reference_id", order.order().orderId());
    transaction.publish(
        OutboxEvent.billing(
            order.tenant(), order.order().user(), TYPE, Json.MAPPER.writeValueAsString(event)));
  }
}
