package io.tollgate.billing.internal.rpc;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;
import io.tollgate.billing.ChargeReceipt;
import io.tollgate.billing.QuotaAnswer;
import io.tollgate.billing.QuotaCheck;
import io.tollgate.billing.RechargeCallback;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeOrders;
import io.tollgate.billing.ServiceCharges;
import io.tollgate.billing.ServiceDeduct;
import io.tollgate.ground.GivenText;
import io.tollgate.rpc.UnaryAnswer;
import io.tollgate.rpc.billing.v1.BillingInternalServiceGrpc.BillingInternalServiceImplBase;
import io.tollgate.rpc.billing.v1.CheckQuotaReply;
import io.tollgate.rpc.billing.v1.CheckQuotaRequest;
import io.tollgate.rpc.billing.v1.DeductQuotaReply;
import io.tollgate.rpc.billing.v1.DeductQuotaRequest;
import io.tollgate.rpc.billing.v1.RechargeCallbackReply;
import io.tollgate.rpc.billing.v1.RechargeCallbackRequest;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** {@code billing.v1.BillingInternalService}: what backends check and deduct. */
public final class InternalRpc extends BillingInternalServiceImplBase {
  private final RpcCallers callers;
  private final ServiceCharges charges;
  private final RechargeOrders orders;

  public InternalRpc(RpcCallers callers, ServiceCharges charges, RechargeOrders orders) {
    this.callers = requireNonNull(callers, "callers is null");
    this.charges = requireNonNull(charges, "charges is null");
    this.orders = requireNonNull(orders, "orders is null");
  }

  @Override
  public void checkQuota(CheckQuotaRequest request, StreamObserver<CheckQuotaReply> caller) {
    UnaryAnswer.send(
        caller,
        () -> {
          QuotaAnswer answer =
              charges.check(
                  new QuotaCheck(
                      callers.backend(),
                      request.getUserId(),
                      request.getServiceName(),
                      ExactFields.count(request.getCount(), request.getExactCount()),
                      given(request.getRequestId())));
          return CheckQuotaReply.newBuilder()
              .setAllowed(answer.allowed())
              .setReason(answer.reason())
              .build();
        });
  }

  @Override
  public void deductQuota(DeductQuotaRequest request, StreamObserver<DeductQuotaReply> caller) {
    UnaryAnswer.send(
        caller,
        () -> {
          ChargeReceipt receipt =
              charges.deduct(
                  new ServiceDeduct(
                      callers.backend(),
                      request.getUserId(),
                      request.getServiceName(),
                      ExactFields.count(request.getCount(), request.getExactCount()),
                      ExactFields.amount("cost", request.getCost(), request.getExactCost()),
                      given(request.getRequestId())));
          return DeductQuotaReply.newBuilder()
              .setSuccess(true)
              .setRecordId(receipt.record().toString())
              .build();
        });
  }

  @Override
  public void rechargeCallback(
      RechargeCallbackRequest request, StreamObserver<RechargeCallbackReply> caller) {
    UnaryAnswer.send(
        caller,
        () -> {
          RechargeOrder _ =
              orders.callback(
                  new RechargeCallback(
                      callers.backend(),
                      request.getRechargeOrderId(),
                      request.getPaymentId(),
                      ExactFields.amount("amount", request.getAmount(), request.getExactAmount())
                          .orElse(BigDecimal.ZERO),
                      succeeded(request.getStatus())));
          return RechargeCallbackReply.newBuilder().setSuccess(true).build();
        });
  }

  private static boolean succeeded(String status) {
    return switch (status.strip().toUpperCase(Locale.ROOT)) {
      case "SUCCESS" -> true;
      case "FAILED" -> false;
      default -> throw GivenText.refused("status", status, "SUCCESS or FAILED");
    };
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
