package io.tollgate.billing.internal.rpc;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;
import io.tollgate.billing.ChargeReceipt;
import io.tollgate.billing.QuotaAnswer;
import io.tollgate.billing.QuotaCheck;
import io.tollgate.billing.ServiceCharges;
import io.tollgate.billing.ServiceDeduct;
import io.tollgate.rpc.UnaryAnswer;
import io.tollgate.rpc.billing.v1.BillingInternalServiceGrpc.BillingInternalServiceImplBase;
import io.tollgate.rpc.billing.v1.CheckQuotaReply;
import io.tollgate.rpc.billing.v1.CheckQuotaRequest;
import io.tollgate.rpc.billing.v1.DeductQuotaReply;
import io.tollgate.rpc.billing.v1.DeductQuotaRequest;
import java.util.Optional;

/** {@code billing.v1.BillingInternalService}: what backends check and deduct. */
public final class InternalRpc extends BillingInternalServiceImplBase {
  private final RpcCallers callers;
  private final ServiceCharges charges;

  public InternalRpc(RpcCallers callers, ServiceCharges charges) {
    this.callers = requireNonNull(callers, "callers is null");
    this.charges = requireNonNull(charges, "charges is null");
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

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
