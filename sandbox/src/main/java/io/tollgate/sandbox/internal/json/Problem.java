package io.tollgate.sandbox.internal.json;

/**
 * A refusal, in no protocol's form yet. Thrown while a request is read; never logged, so it carries
 * no stack trace.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String param;

  /**
   * A refusal.
   *
   * @param status HTTP status
   * @param code OpenAI's code, empty where it gives none
   * @param param the field it is about, or empty
   */
  public Problem(int status, String code, String param, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.param = param;
  }

  /** A request that breaks a rule of its protocol. */
  public static Problem invalid(String param, String code, String message) {
    return new Problem(400, code, param, message);
  }

  /** A request that breaks a rule of its protocol, about a field. */
  public static Problem invalid(String param, String message) {
    return invalid(param, "invalid_value", message);
  }

  /** Something that is asked for by its name and is not there. */
  public static Problem missing(String code, String message) {
    return new Problem(404, code, "", message);
  }

  /** The error a steered status stands for. */
  public static Problem steered(int status) {
    return switch (status) {
      case 400 -> invalid("", "", "The sandbox was asked to find this request malformed.");
      case 401 -> new Problem(401, "invalid_api_key", "", "Incorrect API key provided.");
      case 402, 403 -> new Problem(status, "account_deactivated", "", "This account is closed.");
      case 404 ->
          new Problem(
              404,
              "model_not_found",
              "model",
              "The model does not exist or you do not have access to it.");
      case 429 ->
          new Problem(429, "rate_limit_exceeded", "", "Rate limit reached; try again later.");
      case 503, 529 ->
          new Problem(status, "", "", "The engine is currently overloaded; try again later.");
      default ->
          new Problem(
              status,
              "",
              "",
              status >= 500
                  ? "The server had an error; try again later."
                  : "The sandbox was asked for " + status + ".");
    };
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String param() {
    return param;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
