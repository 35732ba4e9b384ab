package io.tollgate.trading.exchange.internal.wire;

/** An exchange's answer that is not what its description promises. */
public final class UnreadableAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableAnswer(String what) {
    super(what);
  }

  UnreadableAnswer(String what, Throwable cause) {
    super(what, cause);
  }
}
