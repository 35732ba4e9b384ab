package io.tollgate.web.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;

/** A request's first line and headers that are readable but not allowed. Has no stack trace. */
final class BadHeadException extends Exception {
  /** The connection speaks HTTP/2 from its first byte. */
  static final BadHeadException HTTP_2 =
      new BadHeadException(ErrorCode.INVALID_REQUEST, "HTTP/2 without TLS is not served here");

  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final String sentence;

  BadHeadException(ErrorCode code, String sentence) {
    super(sentence, null, false, false);
    this.code = requireNonNull(code, "code is null");
    this.sentence = sentence;
  }

  /** What the caller is told: names what is wrong, and shows nothing of what was sent. */
  static BadHeadException malformed(String sentence) {
    return new BadHeadException(ErrorCode.INVALID_REQUEST, sentence);
  }

  Refusal refusal() {
    return new Refusal(code, sentence);
  }
}
