package io.tollgate.relay.protocols;

/**
 * Whether an answer is a stream or a document, told by its first bytes, as content types cannot be
 * relied on.
 */
public enum AnswerForm {
  /** Server-sent events. */
  STREAM,
  /** One document: JSON, or a page that is no answer. */
  DOCUMENT,
  /** Nothing but space so far. */
  UNKNOWN;

  /**
   * Looks at the beginning of a body.
   *
   * @param beginning the first bytes, one is enough unless it is space
   */
  public static AnswerForm of(byte[] beginning) {
    for (int i = afterByteOrderMark(beginning); i < beginning.length; i++) {
      switch (beginning[i]) {
        case ' ', '\t', '\r', '\n' -> {}
        // the fields data, event, id and retry, and comments
        case 'd', 'e', 'i', 'r', ':' -> {
          return STREAM;
        }
        default -> {
          return DOCUMENT;
        }
      }
    }
    return UNKNOWN;
  }

  private static int afterByteOrderMark(byte[] bytes) {
    boolean mark =
        bytes.length >= 3
            && (bytes[0] & 0xFF) == 0xEF
            && (bytes[1] & 0xFF) == 0xBB
            && (bytes[2] & 0xFF) == 0xBF;
    return mark ? 3 : 0;
  }
}
