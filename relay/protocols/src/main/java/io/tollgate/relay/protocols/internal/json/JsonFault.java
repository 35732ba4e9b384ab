package io.tollgate.relay.protocols.internal.json;

/**
 * Says that bytes are not JSON, and where. No stack trace: it is an answer, not a fault of ours.
 */
public final class JsonFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  JsonFault(int offset, String what) {
    super(what, null, false, false);
    this.offset = offset;
  }

  /** Byte offset in the array that was scanned. */
  public int offset() {
    return offset;
  }

  /** What is wrong there; never holds bytes of the document. */
  public String what() {
    return String.valueOf(getMessage());
  }
}
