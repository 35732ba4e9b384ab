package io.tollgate.relay.gateway.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.ErrorAnswer;
import java.time.Duration;
import java.util.Optional;

/** What callers are told when there is no answer to pass on. */
final class Errors {
  private static final int OURS_AT_LEAST = 400;

  private Errors() {}

  /** The error of a provider's answer that did not come whole. */
  static Refusal broken(ErrorCode code) {
    if (code == ErrorCode.UPSTREAM_TIMEOUT) {
      return new Refusal(code, "the provider took too long to answer");
    }
    if (code == ErrorCode.UNAVAILABLE) {
      return Memory.exhausted();
    }
    return new Refusal(code, "the provider's answer broke off");
  }

  static ErrorAnswer of(CallerProtocol protocol, UpstreamError error, String requestId) {
    return switch (error) {
      case UpstreamError.Answered answered when answered.status() >= OURS_AT_LEAST ->
          protocol.error(answered.fault(), requestId);
      case UpstreamError.Answered _,
          UpstreamError.Unreachable _,
          UpstreamError.TooSlow _,
          UpstreamError.Busy _,
          UpstreamError.NoAccount _ ->
          protocol.error(refusal(error), requestId);
    };
  }

  static Optional<Duration> retryAfter(UpstreamError error) {
    return switch (error) {
      case UpstreamError.Answered answered -> answered.retryAfter();
      case UpstreamError.NoAccount none -> Optional.of(none.retryAfter());
      case UpstreamError.Busy _ -> Optional.of(Duration.ofSeconds(1));
      case UpstreamError.Unreachable _, UpstreamError.TooSlow _ -> Optional.empty();
    };
  }

  /** The code it is booked and counted under. */
  static ErrorCode code(UpstreamError error) {
    return switch (error) {
      case UpstreamError.Answered _, UpstreamError.Unreachable _ -> ErrorCode.UPSTREAM_FAILED;
      case UpstreamError.TooSlow _ -> ErrorCode.UPSTREAM_TIMEOUT;
      case UpstreamError.Busy _ -> ErrorCode.UNAVAILABLE;
      case UpstreamError.NoAccount _ -> ErrorCode.NO_AVAILABLE_ACCOUNT;
    };
  }

  private static Refusal refusal(UpstreamError error) {
    return new Refusal(
        code(error),
        switch (error) {
          case UpstreamError.Answered answered ->
              "the provider answered with status " + answered.status();
          case UpstreamError.Unreachable _ -> "the provider could not be reached";
          case UpstreamError.TooSlow _ -> "the provider took too long to answer";
          case UpstreamError.Busy _ -> "too many requests wait for a connection to the provider";
          case UpstreamError.NoAccount _ -> "no provider account can serve this model now";
        });
  }
}
