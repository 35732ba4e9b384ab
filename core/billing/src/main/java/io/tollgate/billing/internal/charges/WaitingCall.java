package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.QuotaCheck;
import io.tollgate.billing.ServiceCall;
import io.tollgate.billing.ServiceDeduct;
import io.tollgate.ledger.RequestHash;
import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A call on its way through a lane, and whoever waits for its answer. */
final class WaitingCall {
  final ServiceCall call;
  final CompletableFuture<CallAnswer> answer = new CompletableFuture<>();
  private final byte[] hash;

  /** Monotonic time after which it is refused for lack of means; empty while it never was short. */
  OptionalLong shortUntilNanos = OptionalLong.empty();

  WaitingCall(ServiceCall call) {
    this.call = requireNonNull(call, "call is null");
    this.hash = hash(call);
  }

  /** SHA-256 over what the call says; not to be changed. */
  byte[] hash() {
    return hash;
  }

  /** Whether nothing of the books is changed by it. */
  boolean onlyReads() {
    return call instanceof QuotaCheck && call.requestId().isEmpty();
  }

  private static byte[] hash(ServiceCall call) {
    String count = Long.toString(call.count());
    return switch (call) {
      case QuotaCheck _ -> RequestHash.of("check", call.user(), call.service(), count);
      case ServiceDeduct deduct ->
          RequestHash.of(
              "deduct",
              call.user(),
              call.service(),
              count,
              deduct.cost().map(WaitingCall::canonical).orElse(""));
    };
  }

  private static String canonical(BigDecimal cost) {
    return cost.stripTrailingZeros().toPlainString();
  }
}
