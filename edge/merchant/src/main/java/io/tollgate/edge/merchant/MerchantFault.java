package io.tollgate.edge.merchant;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;

/** A call that is answered with an error, said in both languages. */
final class MerchantFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient Sentence sentence;

  MerchantFault(ErrorCode code, Sentence sentence) {
    super(sentence.english(), null, false, false);
    this.code = requireNonNull(code, "code is null");
    this.sentence = sentence;
  }

  MerchantFault(ErrorCode code, String chinese, String english) {
    this(code, new Sentence(chinese, english));
  }

  static MerchantFault invalid(Sentence sentence) {
    return new MerchantFault(ErrorCode.INVALID_REQUEST, sentence);
  }

  static MerchantFault unauthenticated(String chinese, String english) {
    return new MerchantFault(ErrorCode.UNAUTHENTICATED, chinese, english);
  }

  ErrorCode code() {
    return code;
  }

  Sentence sentence() {
    return sentence;
  }
}
