package io.tollgate.trading.engine.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;

/** Cursors of lists: the number of the last row, and its place where that is another. */
public final class Cursors {
  private Cursors() {}

  /** The number of the last row. */
  public static long id(String text) {
    try {
      return Numerals.wholeNumber(text);
    } catch (NumberFormatException e) {
      throw wrong(e);
    }
  }

  static int order(String text) {
    try {
      return Math.toIntExact(Numerals.wholeNumber(text));
    } catch (NumberFormatException | ArithmeticException e) {
      throw wrong(e);
    }
  }

  private static Refusal wrong(RuntimeException cause) {
    return new Refusal(
        ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", cause);
  }
}
