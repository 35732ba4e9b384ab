package io.tollgate.ground;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered with an error of the catalogue. The message is shown to the caller: it
 * says what was given and what was expected, and carries no secret.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable String details;
  private final @Nullable Duration retryAfter;
  private final @Nullable String field;

  public Refusal(ErrorCode code, String message) {
    this(code, message, null, null, null, null);
  }

  public Refusal(ErrorCode code, String message, Throwable cause) {
    this(code, message, null, null, null, cause);
  }

  private Refusal(
      ErrorCode code,
      String message,
      @Nullable String details,
      @Nullable Duration retryAfter,
      @Nullable String field,
      @Nullable Throwable cause) {
    // an answer, not a fault: no stack trace unless it is our own mistake
    super(
        message,
        cause,
        false,
        requireNonNull(code, "code is null").category() == ErrorCategory.OURS);
    this.code = code;
    this.details = details;
    this.retryAfter = retryAfter;
    this.field = field;
  }

  /** The same refusal with a hint on what the caller can do. */
  public Refusal withDetails(String newDetails) {
    return new Refusal(code, sentence(), newDetails, retryAfter, field, getCause());
  }

  /** The same refusal with the time after which the request may pass. */
  public Refusal withRetryAfter(Duration newRetryAfter) {
    return new Refusal(code, sentence(), details, newRetryAfter, field, getCause());
  }

  /** The same refusal, of what stands in a field of the request. */
  public Refusal ofField(String newField) {
    return new Refusal(code, sentence(), details, retryAfter, newField, getCause());
  }

  public ErrorCode code() {
    return code;
  }

  /** The sentence shown to the caller. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  public Optional<String> details() {
    return Optional.ofNullable(details);
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Which field of the request is wrong, where it is one. */
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }
}
