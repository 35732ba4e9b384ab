package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeStatus;
import io.tollgate.data.RecurringJob;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.PaymentMethod;
import io.tollgate.payments.PaymentStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends orders that were not paid in time, after their channel was asked once more. Where it does
 * not answer they wait for a day, then they end unasked: a payment that comes later is credited all
 * the same.
 */
final class OrderExpiry {
  private static final Logger LOG = LoggerFactory.getLogger(OrderExpiry.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final String CAUSE = "expiry";
  private static final int MAX = 200;

  private final RechargeWing.Ground ground;
  private final OrderTable orders;
  private final ChannelDesk desk;

  OrderExpiry(RechargeWing.Ground ground, OrderTable orders, ChannelDesk desk) {
    this.ground = requireNonNull(ground, "ground is null");
    this.orders = requireNonNull(orders, "orders is null");
    this.desk = requireNonNull(desk, "desk is null");
  }

  RecurringJob job() {
    return new RecurringJob("billing.recharge_expiry", EVERY, this::run);
  }

  private void run() {
    for (PaymentMethod method : PaymentMethod.values()) {
      Instant now = ground.clock().instant();
      List<StoredOrder> due = ground.transactions().read(tx -> orders.due(tx, method, now, MAX));
      for (StoredOrder order : due) {
        if (!expire(order, now)) {
          // a channel that does not answer one does not answer the others either
          break;
        }
      }
    }
  }

  private boolean expire(StoredOrder order, Instant now) {
    String detail = "not paid in time";
    try {
      Optional<PaymentStanding> standing = desk.ask(order);
      if (standing.isPresent()) {
        StoredOrder _ = desk.book(order, standing.get(), CAUSE);
      }
    } catch (ChannelFault fault) {
      boolean patient = order.order().expiresAt().plus(PATIENCE).isAfter(now);
      if (fault.kind() != ChannelFault.Kind.REFUSED && patient) {
        LOG.atWarn()
            .addKeyValue("method", order.method().code())
            .addKeyValue("order", order.id())
            .log("an order waits to expire, as its channel does not answer");
        return false;
      }
      detail = "not paid in time; the channel could not be asked";
    }
    end(order, detail);
    return true;
  }

  private void end(StoredOrder seen, String detail) {
    boolean _ =
        ground
            .transactions()
            .write(
                transaction -> {
                  StoredOrder locked = orders.lock(transaction, seen.id());
                  if (locked.status() == RechargeStatus.PENDING) {
                    StoredOrder _ =
                        desk.end(transaction, locked, RechargeStatus.EXPIRED, CAUSE, detail);
                  }
                  return true;
                });
  }
}
