package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeCallback;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeOrders;
import io.tollgate.billing.RechargeRequest;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.NotificationAnswer;
import io.tollgate.payments.PaymentMethod;
import io.tollgate.payments.PaymentStanding;
import io.tollgate.payments.ReceivedNotification;
import java.util.Optional;

/** Recharge orders, put together. */
final class RechargeDesk implements RechargeOrders {
  private final Transactions transactions;
  private final OrderTable orders;
  private final OrderMaking making;
  private final CallbackBooking callbacks;
  private final NoticeBooking notices;
  private final ChannelDesk desk;
  private final RechargeMeters meters;

  RechargeDesk(
      Transactions transactions,
      OrderTable orders,
      OrderMaking making,
      CallbackBooking callbacks,
      NoticeBooking notices,
      ChannelDesk desk,
      RechargeMeters meters) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.orders = requireNonNull(orders, "orders is null");
    this.making = requireNonNull(making, "making is null");
    this.callbacks = requireNonNull(callbacks, "callbacks is null");
    this.notices = requireNonNull(notices, "notices is null");
    this.desk = requireNonNull(desk, "desk is null");
    this.meters = requireNonNull(meters, "meters is null");
  }

  @Override
  public RechargeOrder create(RechargeRequest request) {
    return meters.timedCreate(() -> meters.timed("create", () -> making.make(request).order()));
  }

  @Override
  public Optional<RechargeOrder> find(TenantId tenant, String orderId) {
    return transactions
        .read(transaction -> orders.find(transaction, tenant, orderId))
        .map(StoredOrder::order);
  }

  @Override
  public Optional<RechargeOrder> ask(TenantId tenant, String orderId) {
    return transactions
        .read(transaction -> orders.find(transaction, tenant, orderId))
        .map(this::asked)
        .map(StoredOrder::order);
  }

  private StoredOrder asked(StoredOrder order) {
    boolean open =
        switch (order.status()) {
          case PENDING, FAILED, EXPIRED -> true;
          case SUCCESS, REFUNDED -> false;
        };
    if (!open) {
      return order;
    }
    try {
      Optional<PaymentStanding> standing = desk.ask(order);
      return standing.map(said -> desk.book(order, said, "query")).orElse(order);
    } catch (ChannelFault fault) {
      throw new Refusal(
          ErrorCode.UPSTREAM_TIMEOUT,
          "order " + order.order().orderId() + ": the payment channel does not answer",
          fault);
    }
  }

  @Override
  public RechargeOrder callback(RechargeCallback callback) {
    return meters.timed("callback", () -> callbacks.book(callback).order());
  }

  @Override
  public NotificationAnswer notify(PaymentMethod method, ReceivedNotification notification) {
    return meters.timed("notify", () -> notices.take(method, notification));
  }
}
