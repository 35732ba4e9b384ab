package io.tollgate.billing.internal.subscriptions;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;

/** Cursors of lists whose order is that of their numbers. */
final class Cursors {
  private Cursors() {}

  static long number(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }
}
