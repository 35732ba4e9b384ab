package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.RecurringJob;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.PaymentMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks channels about notifications that were stored and not booked, because the process died or
 * the channel did not answer. What a channel does not confirm in a day becomes a case.
 */
final class NoticeRetries {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration AGE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final int MAX = 200;

  private final RechargeWing.Ground ground;
  private final OrderTable orders;
  private final NoticeTable notices;
  private final NoticeBooking booking;
  private final CaseTable cases;

  NoticeRetries(
      RechargeWing.Ground ground,
      OrderTable orders,
      NoticeTable notices,
      NoticeBooking booking,
      CaseTable cases) {
    this.ground = requireNonNull(ground, "ground is null");
    this.orders = requireNonNull(orders, "orders is null");
    this.notices = requireNonNull(notices, "notices is null");
    this.booking = requireNonNull(booking, "booking is null");
    this.cases = requireNonNull(cases, "cases is null");
  }

  RecurringJob job() {
    return new RecurringJob("billing.recharge_notices", EVERY, this::run);
  }

  private void run() {
    Instant now = ground.clock().instant();
    List<NoticeTable.Stored> open =
        ground.transactions().read(tx -> notices.unsettled(tx, now.minus(AGE), MAX));
    Set<PaymentMethod> silent = EnumSet.noneOf(PaymentMethod.class);
    for (NoticeTable.Stored notice : open) {
      Optional<StoredOrder> order =
          ground.transactions().read(tx -> orders.find(tx, notice.order()));
      if (order.isEmpty() || silent.contains(order.get().method())) {
        continue;
      }
      if (!settle(order.get(), notice, silent) && notice.at().plus(PATIENCE).isBefore(now)) {
        giveUp(order.get(), notice, now);
      }
    }
  }

  private boolean settle(StoredOrder order, NoticeTable.Stored notice, Set<PaymentMethod> silent) {
    try {
      return booking.settle(order, notice);
    } catch (ChannelFault fault) {
      boolean _ = silent.add(order.method());
      return false;
    }
  }

  private void giveUp(StoredOrder order, NoticeTable.Stored notice, Instant now) {
    boolean _ =
        ground
            .transactions()
            .write(
                transaction ->
                    cases.open(
                        transaction,
                        CaseKind.NOT_BOOKED,
                        order,
                        notice.payment().orElse("notice " + notice.id()),
                        "told by the channel, which does not confirm it",
                        now));
    booking.finish(notice);
  }
}
