package io.tollgate.rpc.internal;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;

/**
 * Says a refusal in gRPC's words: a status, and in its details why (ErrorInfo, whose reason is the
 * code of the catalogue), for which request, and when to come again.
 *
 * <p>The statuses are those that gRPC's guide names for a case (<a
 * href="https://grpc.io/docs/guides/status-codes/">status codes</a>): a conflict is no {@code
 * ABORTED}, as the same call again cannot pass.
 */
final class RefusalStatus {
  private static final String DOMAIN = "tollgate";

  private RefusalStatus() {}

  static Status of(Refusal refusal, String requestId) {
    ErrorInfo.Builder info =
        ErrorInfo.newBuilder()
            .setReason(reason(refusal.code()))
            .setDomain(DOMAIN)
            .putMetadata("request_id", requestId);
    refusal.details().ifPresent(details -> info.putMetadata("details", details));
    Status.Builder status =
        Status.newBuilder()
            .setCode(code(refusal.code()).getNumber())
            .setMessage(refusal.sentence())
            .addDetails(Any.pack(info.build()))
            .addDetails(Any.pack(RequestInfo.newBuilder().setRequestId(requestId).build()));
    refusal
        .retryAfter()
        .ifPresent(
            time ->
                status.addDetails(
                    Any.pack(
                        RetryInfo.newBuilder()
                            .setRetryDelay(
                                Duration.newBuilder()
                                    .setSeconds(time.getSeconds())
                                    .setNanos(time.getNano()))
                            .build())));
    return status.build();
  }

  /** What callers of gRPC know lack of means as. */
  private static String reason(ErrorCode code) {
    return code == ErrorCode.INSUFFICIENT_MEANS ? "INSUFFICIENT_BALANCE" : code.name();
  }

  private static Code code(ErrorCode code) {
    return switch (code.category()) {
      case CALLER_FAULT ->
          code == ErrorCode.REQUEST_TIMEOUT ? Code.DEADLINE_EXCEEDED : Code.INVALID_ARGUMENT;
      case UNAUTHENTICATED -> Code.UNAUTHENTICATED;
      case FORBIDDEN -> Code.PERMISSION_DENIED;
      case NOT_THERE -> Code.NOT_FOUND;
      case CONFLICT ->
          code == ErrorCode.IDEMPOTENCY_CONFLICT ? Code.ALREADY_EXISTS : Code.FAILED_PRECONDITION;
      case NO_MEANS -> Code.FAILED_PRECONDITION;
      case TOO_MANY, TOO_LARGE -> Code.RESOURCE_EXHAUSTED;
      case UNAVAILABLE, UPSTREAM -> Code.UNAVAILABLE;
      case OURS -> Code.INTERNAL;
    };
  }
}
