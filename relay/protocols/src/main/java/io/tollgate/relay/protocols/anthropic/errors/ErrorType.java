package io.tollgate.relay.protocols.anthropic.errors;

import java.util.Locale;
import java.util.Optional;

/**
 * Anthropic's classes of errors, and the status that each comes with.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/errors">Errors</a>
 */
public enum ErrorType {
  INVALID_REQUEST_ERROR(400),
  AUTHENTICATION_ERROR(401),
  BILLING_ERROR(402),
  PERMISSION_ERROR(403),
  NOT_FOUND_ERROR(404),
  REQUEST_TOO_LARGE(413),
  RATE_LIMIT_ERROR(429),
  API_ERROR(500),
  TIMEOUT_ERROR(504),
  OVERLOADED_ERROR(529);

  private static final ErrorType[] ALL = values();

  private final int status;
  private final String wire = name().toLowerCase(Locale.ROOT);

  ErrorType(int status) {
    this.status = status;
  }

  /** As it is written. */
  public String wire() {
    return wire;
  }

  /** The status that it comes with. */
  public int status() {
    return status;
  }

  /** The class of that name, where there is one. */
  public static Optional<ErrorType> of(String wire) {
    for (ErrorType type : ALL) {
      if (type.wire.equals(wire)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The class of an error that has only a status. */
  public static ErrorType ofStatus(int status) {
    return switch (status) {
      case 401 -> AUTHENTICATION_ERROR;
      case 402 -> BILLING_ERROR;
      case 403 -> PERMISSION_ERROR;
      case 404 -> NOT_FOUND_ERROR;
      case 408, 504 -> TIMEOUT_ERROR;
      case 413 -> REQUEST_TOO_LARGE;
      case 429 -> RATE_LIMIT_ERROR;
      case 503, 529 -> OVERLOADED_ERROR;
      default -> status >= 500 ? API_ERROR : INVALID_REQUEST_ERROR;
    };
  }
}
