package io.tollgate.relay.protocols.internal.openai;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamFault;
import java.util.Optional;

/**
 * Writes our refusals the way OpenAI writes its errors, so that the SDKs raise the classes they
 * would raise there. Safe on any thread.
 *
 * @see <a href="https://platform.openai.com/docs/guides/error-codes/api-errors">error codes</a>
 */
public final class OpenAiErrors {
  private static final String INVALID_REQUEST = "invalid_request_error";
  private static final String SERVER = "server_error";
  private static final String UPSTREAM_FAILED = "upstream_failed";

  private final int noMeansStatus;

  /**
   * @param noMeansStatus what a caller without means is answered: 402, or 429 for clients that know
   *     only that
   */
  public OpenAiErrors(int noMeansStatus) {
    if (noMeansStatus != 402 && noMeansStatus != 429) {
      throw new IllegalArgumentException(
          "status without means: " + noMeansStatus + " (expected: 402 or 429)");
    }
    this.noMeansStatus = noMeansStatus;
  }

  public OpenAiError of(RequestFault fault) {
    return of(fault.refusal(), fault.param());
  }

  public OpenAiError of(Refusal refusal) {
    return of(refusal, Optional.empty());
  }

  /** An upstream's error: of the protocol's own class, and our code, where it named none. */
  public OpenAiError of(UpstreamFault fault) {
    int status = fault.status();
    boolean server = status >= 500;
    return new OpenAiError(
        status,
        server || status == 408 || status == 409 || status == 429,
        fault.message(),
        fault.type().orElse(server ? SERVER : INVALID_REQUEST),
        server ? fault.code().or(() -> Optional.of(UPSTREAM_FAILED)) : fault.code(),
        fault.param());
  }

  private OpenAiError of(Refusal refusal, Optional<String> param) {
    ErrorCode code = refusal.code();
    return switch (code) {
      case UNAUTHENTICATED,
          INVALID_API_KEY,
          INVALID_CREDENTIALS,
          TOTP_REQUIRED,
          FORBIDDEN,
          CSRF,
          TOTP_SETUP_REQUIRED,
          ADDRESS_NOT_ALLOWED ->
          caller(refusal, "invalid_api_key", param);
      case MODEL_NOT_FOUND, MODEL_NOT_ALLOWED, SERVICE_NOT_FOUND ->
          caller(refusal, "model_not_found", Optional.of("model"));
      case INSUFFICIENT_MEANS ->
          answer(noMeansStatus, false, refusal, "insufficient_quota", "insufficient_quota", param);
      case RATE_LIMITED, ACCOUNT_LOCKED ->
          answer(code.httpStatus(), true, refusal, "requests", "rate_limit_exceeded", param);
      case INVALID_REQUEST,
          MALFORMED_BODY,
          CURRENCY_MISMATCH,
          UNKNOWN_ASSET,
          BODY_TOO_LARGE,
          HEADERS_TOO_LARGE,
          UNSUPPORTED_MEDIA_TYPE,
          LINK_INVALID,
          INVALID_CODE,
          VALIDATION_ERROR,
          STRATEGY_LOAD_ERROR,
          INSUFFICIENT_DATA,
          PLAN_LIMIT ->
          caller(refusal, INVALID_REQUEST, param);
      case REFUSED_BY_FILTER -> caller(refusal, "content_filter", param);
      case NOT_FOUND, USER_NOT_FOUND -> caller(refusal, "not_found", param);
      case METHOD_NOT_ALLOWED -> caller(refusal, "method_not_supported", param);
      case REQUEST_TIMEOUT ->
          answer(code.httpStatus(), true, refusal, INVALID_REQUEST, "request_timeout", param);
      case CONFLICT, IDEMPOTENCY_CONFLICT -> caller(refusal, "conflict", param);
      case INTERNAL -> server(refusal, "internal_error");
      case UPSTREAM_FAILED -> server(refusal, UPSTREAM_FAILED);
      case UNAVAILABLE -> server(refusal, "service_unavailable");
      case NO_AVAILABLE_ACCOUNT -> server(refusal, "no_available_account");
      case UPSTREAM_TIMEOUT -> server(refusal, "upstream_timeout");
    };
  }

  private static OpenAiError caller(Refusal refusal, String code, Optional<String> param) {
    return answer(refusal.code().httpStatus(), false, refusal, INVALID_REQUEST, code, param);
  }

  private static OpenAiError server(Refusal refusal, String code) {
    return answer(refusal.code().httpStatus(), true, refusal, SERVER, code, Optional.empty());
  }

  private static OpenAiError answer(
      int status,
      boolean retryMayHelp,
      Refusal refusal,
      String type,
      String code,
      Optional<String> param) {
    return new OpenAiError(
        status, retryMayHelp, refusal.sentence(), type, Optional.of(code), param);
  }
}
