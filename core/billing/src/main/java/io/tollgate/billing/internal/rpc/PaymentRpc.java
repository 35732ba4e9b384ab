package io.tollgate.billing.internal.rpc;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeOrders;
import io.tollgate.billing.RechargeRefund;
import io.tollgate.billing.RechargeRefundOrder;
import io.tollgate.billing.RechargeRefunds;
import io.tollgate.billing.RechargeRequest;
import io.tollgate.billing.RechargeStatus;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.payments.MinorUnits;
import io.tollgate.rpc.UnaryAnswer;
import io.tollgate.rpc.payment.v1.CreatePaymentReply;
import io.tollgate.rpc.payment.v1.CreatePaymentRequest;
import io.tollgate.rpc.payment.v1.PaymentGrpc.PaymentImplBase;
import io.tollgate.rpc.payment.v1.QueryPaymentReply;
import io.tollgate.rpc.payment.v1.QueryPaymentRequest;
import io.tollgate.rpc.payment.v1.RefundPaymentReply;
import io.tollgate.rpc.payment.v1.RefundPaymentRequest;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code payment.v1.Payment}: payments of orders that the tenant's backend has numbered. Each is a
 * recharge order: what is paid is credited to the user, from whom the backend deducts. A payment is
 * called as its order is.
 */
public final class PaymentRpc extends PaymentImplBase {
  private static final int REFUND_ID_MAX = 100;

  private final RpcCallers callers;
  private final RechargeOrders orders;
  private final RechargeRefunds refunds;
  private final Function<TenantId, String> currencies;

  /**
   * @param currencies code of a tenant's currency
   */
  public PaymentRpc(
      RpcCallers callers,
      RechargeOrders orders,
      RechargeRefunds refunds,
      Function<TenantId, String> currencies) {
    this.callers = requireNonNull(callers, "callers is null");
    this.orders = requireNonNull(orders, "orders is null");
    this.refunds = requireNonNull(refunds, "refunds is null");
    this.currencies = requireNonNull(currencies, "currencies is null");
  }

  @Override
  public void createPayment(
      CreatePaymentRequest request, StreamObserver<CreatePaymentReply> caller) {
    UnaryAnswer.send(caller, () -> made(create(request)));
  }

  private RechargeOrder create(CreatePaymentRequest request) {
    TenantId tenant = callers.backend();
    if (request.getOrderId().isEmpty()) {
      throw GivenText.refused("orderId", "", "1 to 64 of A-Z, a-z, 0-9, - and _");
    }
    String currency = given(request.getCurrency()).orElseGet(() -> currencies.apply(tenant));
    return orders.create(
        new RechargeRequest(
            tenant,
            request.getUserId(),
            Optional.of(BigDecimal.valueOf(request.getAmount(), MinorUnits.decimals(currency))),
            request.getMethod(),
            Optional.of(currency),
            Optional.of(request.getOrderId()),
            Optional.of("payment.v1:" + request.getOrderId()),
            given(request.getSubject()),
            given(request.getReturnUrl()),
            given(request.getNotifyUrl()),
            given(request.getClientIp()),
            Optional.empty()));
  }

  private static CreatePaymentReply made(RechargeOrder order) {
    return CreatePaymentReply.newBuilder()
        .setPaymentId(order.orderId())
        .setStatus(order.status().code())
        .setPayUrl(order.payUrl().orElse(""))
        .setPayCode(order.payCode().orElse(""))
        .putAllPayParams(order.payParams())
        .build();
  }

  @Override
  public void queryPayment(QueryPaymentRequest request, StreamObserver<QueryPaymentReply> caller) {
    UnaryAnswer.send(
        caller,
        () -> {
          TenantId tenant = callers.backend();
          String id = either(request.getPaymentId(), request.getOrderId());
          RechargeOrder order = orders.find(tenant, id).orElseThrow(() -> unknown(id));
          return shown(
              order.status() == RechargeStatus.PENDING
                  ? orders.ask(tenant, id).orElse(order)
                  : order);
        });
  }

  private static QueryPaymentReply shown(RechargeOrder order) {
    return QueryPaymentReply.newBuilder()
        .setPaymentId(order.orderId())
        .setOrderId(order.orderId())
        .setStatus(order.status().code())
        .setAmount(minor(order.amount()))
        .setCurrency(order.amount().asset().code())
        .setMethod(order.method().code())
        .setRefundedAmount(minor(order.refunded()))
        .setChannelPaymentId(order.paymentId().orElse(""))
        .build();
  }

  @Override
  public void refundPayment(
      RefundPaymentRequest request, StreamObserver<RefundPaymentReply> caller) {
    UnaryAnswer.send(caller, () -> refund(callers.backend(), request));
  }

  private RefundPaymentReply refund(TenantId tenant, RefundPaymentRequest request) {
    String id = request.getPaymentId();
    RechargeOrder order = orders.find(tenant, id).orElseThrow(() -> unknown(id));
    if (!isNumber(request.getRefundId())) {
      throw GivenText.refused(
          "refundId",
          request.getRefundId(),
          "1 to " + REFUND_ID_MAX + " characters, none of them a control character");
    }
    if (request.getAmount() < 0) {
      throw GivenText.refused(
          "amount", Long.toString(request.getAmount()), "above 0, or 0 for all that is left");
    }
    int decimals = MinorUnits.decimals(order.amount().asset().code());
    RechargeRefund refund =
        refunds.refund(
            new RechargeRefundOrder(
                tenant,
                id,
                Optional.empty(),
                request.getAmount() == 0
                    ? Optional.empty()
                    : Optional.of(BigDecimal.valueOf(request.getAmount(), decimals)),
                given(request.getReason()).orElse("asked for by the backend"),
                "payment.v1:" + request.getRefundId(),
                Optional.empty()));
    return RefundPaymentReply.newBuilder()
        .setRefundId(request.getRefundId())
        .setStatus(
            switch (refund.state()) {
              case HELD -> "pending";
              case BOOKED -> "success";
              case FAILED -> "failed";
            })
        .setRefundedAmount(minor(refund.amount()))
        .build();
  }

  private static boolean isNumber(String id) {
    return !id.isEmpty()
        && id.length() <= REFUND_ID_MAX
        && id.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
  }

  private static long minor(Amount amount) {
    return MinorUnits.of(amount, MinorUnits.decimals(amount.asset().code()));
  }

  private static String either(String payment, String order) {
    if (payment.isEmpty() && order.isEmpty()) {
      throw GivenText.refused("paymentId", "", "it, or orderId");
    }
    if (!payment.isEmpty() && !order.isEmpty() && !payment.equals(order)) {
      throw unknown(payment);
    }
    return payment.isEmpty() ? order : payment;
  }

  private static Refusal unknown(String id) {
    return new Refusal(ErrorCode.NOT_FOUND, "there is no payment " + GivenText.shown(id));
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
