package io.tollgate.relay.protocols.anthropic.errors;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamFault;

/**
 * Writes our refusals the way Anthropic writes its errors, so that the SDKs raise the classes they
 * would raise there. Safe on any thread.
 */
public final class AnthropicErrors {
  private final int noMeansStatus;

  /**
   * @param noMeansStatus what a caller without means is answered: 402, or 429 for clients that know
   *     only that
   */
  public AnthropicErrors(int noMeansStatus) {
    if (noMeansStatus != 402 && noMeansStatus != 429) {
      throw new IllegalArgumentException(
          "status without means: " + noMeansStatus + " (expected: 402 or 429)");
    }
    this.noMeansStatus = noMeansStatus;
  }

  public AnthropicError of(RequestFault fault, String requestId) {
    return of(fault.refusal(), requestId);
  }

  /**
   * An upstream's error: of the class that it named, where that is Anthropic's, else its status's.
   */
  public AnthropicError of(UpstreamFault fault, String requestId) {
    int status = fault.status();
    boolean retryMayHelp = status >= 500 || status == 408 || status == 409 || status == 429;
    ErrorType type =
        fault.type().flatMap(ErrorType::of).orElseGet(() -> ErrorType.ofStatus(status));
    return new AnthropicError(status, retryMayHelp, type.wire(), fault.message(), requestId);
  }

  public AnthropicError of(Refusal refusal, String requestId) {
    ErrorCode code = refusal.code();
    return switch (code) {
      case UNAUTHENTICATED, INVALID_API_KEY, INVALID_CREDENTIALS, TOTP_REQUIRED ->
          caller(refusal, ErrorType.AUTHENTICATION_ERROR, requestId);
      case FORBIDDEN, ADDRESS_NOT_ALLOWED, CSRF, TOTP_SETUP_REQUIRED, PLAN_LIMIT ->
          caller(refusal, ErrorType.PERMISSION_ERROR, requestId);
      case MODEL_NOT_FOUND, MODEL_NOT_ALLOWED, SERVICE_NOT_FOUND, NOT_FOUND, USER_NOT_FOUND ->
          caller(refusal, ErrorType.NOT_FOUND_ERROR, requestId);
      case INSUFFICIENT_MEANS ->
          new AnthropicError(
              noMeansStatus, false, ErrorType.BILLING_ERROR.wire(), refusal.sentence(), requestId);
      case RATE_LIMITED, ACCOUNT_LOCKED -> later(refusal, ErrorType.RATE_LIMIT_ERROR, requestId);
      case INVALID_REQUEST,
          MALFORMED_BODY,
          REFUSED_BY_FILTER,
          CURRENCY_MISMATCH,
          UNKNOWN_ASSET,
          UNSUPPORTED_MEDIA_TYPE,
          METHOD_NOT_ALLOWED,
          HEADERS_TOO_LARGE,
          CONFLICT,
          IDEMPOTENCY_CONFLICT,
          LINK_INVALID,
          INVALID_CODE,
          VALIDATION_ERROR,
          STRATEGY_LOAD_ERROR,
          INSUFFICIENT_DATA ->
          caller(refusal, ErrorType.INVALID_REQUEST_ERROR, requestId);
      case BODY_TOO_LARGE -> caller(refusal, ErrorType.REQUEST_TOO_LARGE, requestId);
      case REQUEST_TIMEOUT, UPSTREAM_TIMEOUT -> later(refusal, ErrorType.TIMEOUT_ERROR, requestId);
      case INTERNAL, UPSTREAM_FAILED -> later(refusal, ErrorType.API_ERROR, requestId);
      case UNAVAILABLE, NO_AVAILABLE_ACCOUNT ->
          later(refusal, ErrorType.OVERLOADED_ERROR, requestId);
    };
  }

  private static AnthropicError caller(Refusal refusal, ErrorType type, String requestId) {
    return new AnthropicError(
        refusal.code().httpStatus(), false, type.wire(), refusal.sentence(), requestId);
  }

  private static AnthropicError later(Refusal refusal, ErrorType type, String requestId) {
    return new AnthropicError(
        refusal.code().httpStatus(), true, type.wire(), refusal.sentence(), requestId);
  }
}
