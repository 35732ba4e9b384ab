package io.tollgate.relay.protocols;

/**
 * A call whose answer may be of several types: sound, text, JSON or events. Its type is told by its
 * head, as its first bytes do not tell it. Immutable.
 */
public interface TypedCall extends UpstreamCall {
  /**
   * Whether an answer of this type is passed on as it comes; any other is held back whole.
   *
   * @param contentType in small letters, without parameters; empty where the upstream names none
   */
  boolean passes(String contentType);

  /**
   * Reads an answer that is passed on as it comes; one for each answer.
   *
   * @param contentType as the upstream names it, maybe empty
   */
  StreamTap stream(String contentType, AnswerTerms terms);

  /**
   * Judges an answer that was held back whole.
   *
   * @param body all that came; not to be changed
   * @param contentType as the upstream names it, maybe empty
   */
  WholeAnswer whole(byte[] body, String contentType, AnswerTerms terms);

  @Override
  default StreamTap stream(AnswerTerms terms) {
    return stream("", terms);
  }

  @Override
  default WholeAnswer whole(byte[] body, AnswerTerms terms) {
    return whole(body, "", terms);
  }
}
