package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that its protocol does not allow. Carries the refusal and the parameter it is about,
 * where one is known. No stack trace: it is an answer, not a fault of ours.
 */
public final class RequestFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final @Nullable String param;

  private RequestFault(Refusal refusal, @Nullable String param) {
    super(refusal.sentence(), null, false, false);
    this.refusal = requireNonNull(refusal, "refusal is null");
    this.param = param;
  }

  /** Bytes that are not what the protocol sends. */
  public static RequestFault malformed(String message) {
    return new RequestFault(new Refusal(ErrorCode.MALFORMED_BODY, message), null);
  }

  /**
   * A parameter with a wrong value.
   *
   * @param given what was given and what was expected, without the parameter's name
   */
  public static RequestFault of(String param, String given) {
    return new RequestFault(
        new Refusal(ErrorCode.INVALID_REQUEST, param + ": " + given),
        requireNonNull(param, "param is null"));
  }

  /** The same about a parameter of another name. */
  RequestFault about(String other) {
    String sentence = refusal.sentence();
    String given =
        param != null && sentence.startsWith(param + ": ")
            ? sentence.substring(param.length() + 2)
            : sentence;
    return of(other, given);
  }

  public Refusal refusal() {
    return refusal;
  }

  /** The parameter, as the caller wrote it. */
  public Optional<String> param() {
    return Optional.ofNullable(param);
  }
}
