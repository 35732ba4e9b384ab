package io.tollgate.insight.internal.store;

/** The store did not do what it was asked: it is away, full, or refused. */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
