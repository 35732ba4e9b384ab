package io.tollgate.billing.internal.rpc;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeOrders;
import io.tollgate.billing.RechargeRequest;
import io.tollgate.rpc.RpcCall;
import io.tollgate.rpc.UnaryAnswer;
import io.tollgate.rpc.billing.v1.BillingServiceGrpc.BillingServiceImplBase;
import io.tollgate.rpc.billing.v1.RechargeReply;
import java.math.BigDecimal;
import java.util.Optional;

/** {@code billing.v1.BillingService}: what users and their front ends ask. */
public final class OpenRpc extends BillingServiceImplBase {
  private final RpcCallers callers;
  private final RechargeOrders orders;

  public OpenRpc(RpcCallers callers, RechargeOrders orders) {
    this.callers = requireNonNull(callers, "callers is null");
    this.orders = requireNonNull(orders, "orders is null");
  }

  @Override
  public void recharge(
      io.tollgate.rpc.billing.v1.RechargeRequest request, StreamObserver<RechargeReply> caller) {
    UnaryAnswer.send(
        caller,
        () -> {
          RpcCallers.Reached reached = callers.reach(request.getUserId());
          BigDecimal amount =
              ExactFields.amount("amount", request.getAmount(), request.getExactAmount())
                  .orElse(BigDecimal.ZERO);
          RechargeOrder order =
              orders.create(
                  new RechargeRequest(
                      reached.tenant(),
                      reached.user(),
                      amount,
                      request.getPaymentMethod(),
                      given(request.getCurrency()),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      given(RpcCall.current().remoteAddress())));
          return RechargeReply.newBuilder()
              .setRechargeOrderId(order.orderId())
              .setPaymentUrl(order.payUrl().orElse(""))
              .build();
        });
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
