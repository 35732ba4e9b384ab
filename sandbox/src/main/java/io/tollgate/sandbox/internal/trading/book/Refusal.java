package io.tollgate.sandbox.internal.trading.book;

/** An error of the exchange's, with its code. Thrown before anything has changed. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int BAD_REQUEST = 400;

  private final int status;
  private final int code;

  /**
   * An error.
   *
   * @param status of HTTP
   * @param code the exchange's, negative
   */
  public Refusal(int status, int code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** An error with status 400, as most have. */
  public Refusal(int code, String message) {
    this(BAD_REQUEST, code, message);
  }

  public static Refusal filter(String name) {
    return new Refusal(-1013, "Filter failure: " + name);
  }

  public static Refusal missing(String name) {
    return new Refusal(
        -1102, "Mandatory parameter '" + name + "' was not sent, was empty/null, or malformed.");
  }

  public int status() {
    return status;
  }

  public int code() {
    return code;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
