package io.tollgate.data;

/** The connection broke during COMMIT: the change may be done or not. Ask the database. */
public final class CommitUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommitUnknownException(Throwable cause) {
    super("the connection broke during COMMIT; the change may be done or not", cause);
  }
}
