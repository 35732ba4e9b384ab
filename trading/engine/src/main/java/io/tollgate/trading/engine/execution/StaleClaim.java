package io.tollgate.trading.engine.execution;

/** Somebody else works on an order meanwhile, or it has come further: nothing was changed. */
public final class StaleClaim extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleClaim(long epoch, long current, BookedStatus status) {
    super("claim " + epoch + " (expected: " + current + ", of an order that is " + status + ")");
  }
}
