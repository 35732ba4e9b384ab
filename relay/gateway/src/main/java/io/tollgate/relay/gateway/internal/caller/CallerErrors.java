package io.tollgate.relay.gateway.internal.caller;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.http.ContentDecoding;
import io.tollgate.relay.gateway.internal.loop.MemoryBudget;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.ErrorAnswer;

/** What callers are told when there is no answer to pass on. */
public final class CallerErrors {
  private static final int MIN_ERROR_STATUS = 400;
  private static final int MAX_ERROR_STATUS = 599;

  private CallerErrors() {}

  /** The error of a provider's answer that did not come whole. */
  public static Refusal broken(ErrorCode code) {
    if (code == ErrorCode.UPSTREAM_TIMEOUT) {
      return new Refusal(code, "the provider took too long to answer");
    }
    if (code == ErrorCode.UNAVAILABLE) {
      return MemoryBudget.exhausted();
    }
    if (code == ErrorCode.INTERNAL) {
      return new Refusal(code, "the request failed in the gateway");
    }
    return new Refusal(code, "the provider's answer broke off");
  }

  static ErrorAnswer of(CallerProtocol protocol, UpstreamError error, String requestId) {
    return switch (error) {
      case UpstreamError.Answered answered when isError(answered.status()) ->
          protocol.error(answered.fault(), requestId);
      case UpstreamError.Told told -> protocol.error(told.fault(), requestId);
      case UpstreamError.Untold untold -> protocol.error(untold.fault(), requestId);
      case UpstreamError.Answered _,
          UpstreamError.NoAnswer _,
          UpstreamError.Encoded _,
          UpstreamError.Unreachable _,
          UpstreamError.TooSlow _,
          UpstreamError.Busy _,
          UpstreamError.NoAccount _ ->
          protocol.error(refusal(error), requestId);
    };
  }

  private static boolean isError(int status) {
    return status >= MIN_ERROR_STATUS && status <= MAX_ERROR_STATUS;
  }

  private static Refusal refusal(UpstreamError error) {
    return new Refusal(
        error.code(),
        switch (error) {
          case UpstreamError.Answered answered ->
              "the provider answered with status " + answered.status();
          case UpstreamError.Told told -> told.fault().message();
          case UpstreamError.NoAnswer _ -> "what the provider sent is no answer";
          case UpstreamError.Encoded encoded ->
              "the provider's answer is compressed with "
                  + encoded.encoding()
                  + " (expected: "
                  + ContentDecoding.names()
                  + ", or nothing)";
          case UpstreamError.Unreachable _ -> "the provider could not be reached";
          case UpstreamError.TooSlow _ -> "the provider took too long to answer";
          case UpstreamError.Busy _ -> "too many requests wait for a connection to the provider";
          case UpstreamError.Untold untold -> untold.fault().refusal().sentence();
          case UpstreamError.NoAccount _ -> "no provider account can serve this model now";
        });
  }
}
