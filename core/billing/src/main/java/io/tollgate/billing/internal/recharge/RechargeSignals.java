package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeStatus;
import io.tollgate.billing.UserStandings;
import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells others what became of orders: {@code balance.changed} with the commit, metrics after it.
 */
final class RechargeSignals {
  private static final String TYPE = "balance.changed";

  private final RechargeMeters meters;
  private final UserStandings standings;
  private final InstantSource clock;

  RechargeSignals(RechargeMeters meters, UserStandings standings, InstantSource clock) {
    this.meters = requireNonNull(meters, "meters is null");
    this.standings = requireNonNull(standings, "standings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  void made(Transaction transaction, StoredOrder order) {
    transaction.afterCommit(() -> meters.moved(RechargeStatus.PENDING, order.amount()));
  }

  void credited(Transaction transaction, StoredOrder order) {
    publish(transaction, order, order.amount().toDecimal(), "recharge");
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
  void refunded(Transaction transaction, StoredOrder order, Amount amount) {
    publish(transaction, order, amount.toDecimal().negate(), "refund");
    transaction.afterCommit(() -> meters.moved(RechargeStatus.REFUNDED, amount));
  }

  /** Something that was kept apart was given back. */
  void returned(Transaction transaction, Amount amount) {
    transaction.afterCommit(() -> meters.outcome("returned", amount));
  }

  /** The balance is what snapshots call so: gifts and grants of money are in it. */
  private void publish(
      Transaction transaction, StoredOrder order, BigDecimal change, String reason) {
    Amount balance =
        standings
            .of(
                transaction,
                order.tenant(),
                order.order().user(),
                order.amount().asset(),
                clock.instant())
            .balance();
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
