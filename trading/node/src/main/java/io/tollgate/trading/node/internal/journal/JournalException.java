package io.tollgate.trading.node.internal.journal;

/**
 * The journal cannot be used: it is damaged, full, somebody else's, or its disk fails. Nothing may
 * be sent that it does not have.
 */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalException(String message) {
    super(message);
  }

  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
