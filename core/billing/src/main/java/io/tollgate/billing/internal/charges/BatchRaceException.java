package io.tollgate.billing.internal.charges;

/** Something that a batch was decided on has changed before it was written: decide again. */
final class BatchRaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BatchRaceException(String message) {
    super(message, null, false, false);
  }
}
