package io.tollgate.ground;

import static java.util.Objects.requireNonNull;

/** The one catalogue of error codes. The name is the code that interfaces send. */
public enum ErrorCode {
  INVALID_REQUEST(ErrorCategory.CALLER_FAULT, 400),
  MALFORMED_BODY(ErrorCategory.CALLER_FAULT, 400),
  /** A filter that the tenant has set refused the request, or its answer. */
  REFUSED_BY_FILTER(ErrorCategory.CALLER_FAULT, 400),
  CURRENCY_MISMATCH(ErrorCategory.CALLER_FAULT, 400),
  UNKNOWN_ASSET(ErrorCategory.CALLER_FAULT, 400),
  /** A link from a mail, or a sign-on, that is used, expired or was never given out. */
  LINK_INVALID(ErrorCategory.CALLER_FAULT, 400),
  /** A code of a second factor that is wrong, used or too old. */
  INVALID_CODE(ErrorCategory.CALLER_FAULT, 400),
  /** What a backtest was given is not what it expects. */
  VALIDATION_ERROR(ErrorCategory.CALLER_FAULT, 400),
  /** A backtest of a strategy that there is not. */
  STRATEGY_LOAD_ERROR(ErrorCategory.CALLER_FAULT, 400),
  /** A backtest over fewer candles than it needs. */
  INSUFFICIENT_DATA(ErrorCategory.CALLER_FAULT, 400),
  UNAUTHENTICATED(ErrorCategory.UNAUTHENTICATED, 401),
  INVALID_API_KEY(ErrorCategory.UNAUTHENTICATED, 401),
  INVALID_CREDENTIALS(ErrorCategory.UNAUTHENTICATED, 401),
  /** Name and password are right; a code of the second factor is wanted too. */
  TOTP_REQUIRED(ErrorCategory.UNAUTHENTICATED, 401),
  ACCOUNT_LOCKED(ErrorCategory.TOO_MANY, 429),
  INSUFFICIENT_MEANS(ErrorCategory.NO_MEANS, 402),
  FORBIDDEN(ErrorCategory.FORBIDDEN, 403),
  /** A request with a session's cookie that does not come from our own page. */
  CSRF(ErrorCategory.FORBIDDEN, 403),
  /** An administrator without a second factor, where each must have one. */
  TOTP_SETUP_REQUIRED(ErrorCategory.FORBIDDEN, 403),
  ADDRESS_NOT_ALLOWED(ErrorCategory.FORBIDDEN, 403),
  MODEL_NOT_ALLOWED(ErrorCategory.FORBIDDEN, 403),
  /** The tenant's plan has no room for one more of it. */
  PLAN_LIMIT(ErrorCategory.FORBIDDEN, 403),
  NOT_FOUND(ErrorCategory.NOT_THERE, 404),
  USER_NOT_FOUND(ErrorCategory.NOT_THERE, 404),
  SERVICE_NOT_FOUND(ErrorCategory.NOT_THERE, 404),
  MODEL_NOT_FOUND(ErrorCategory.NOT_THERE, 404),
  METHOD_NOT_ALLOWED(ErrorCategory.CALLER_FAULT, 405),
  REQUEST_TIMEOUT(ErrorCategory.CALLER_FAULT, 408),
  CONFLICT(ErrorCategory.CONFLICT, 409),
  IDEMPOTENCY_CONFLICT(ErrorCategory.CONFLICT, 409),
  BODY_TOO_LARGE(ErrorCategory.TOO_LARGE, 413),
  UNSUPPORTED_MEDIA_TYPE(ErrorCategory.CALLER_FAULT, 415),
  RATE_LIMITED(ErrorCategory.TOO_MANY, 429),
  HEADERS_TOO_LARGE(ErrorCategory.TOO_LARGE, 431),
  INTERNAL(ErrorCategory.OURS, 500),
  UPSTREAM_FAILED(ErrorCategory.UPSTREAM, 502),
  UNAVAILABLE(ErrorCategory.UNAVAILABLE, 503),
  NO_AVAILABLE_ACCOUNT(ErrorCategory.UNAVAILABLE, 503),
  UPSTREAM_TIMEOUT(ErrorCategory.UPSTREAM, 504);

  private final ErrorCategory category;
  private final int httpStatus;

  ErrorCode(ErrorCategory category, int httpStatus) {
    this.category = requireNonNull(category, "category is null");
    this.httpStatus = httpStatus;
  }

  public ErrorCategory category() {
    return category;
  }

  /** The status an HTTP interface answers with unless its contract says otherwise. */
  public int httpStatus() {
    return httpStatus;
  }
}
