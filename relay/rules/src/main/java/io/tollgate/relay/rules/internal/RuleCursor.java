package io.tollgate.relay.rules.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;

/** The place in a list of rules, which is by id. */
final class RuleCursor {
  private RuleCursor() {}

  static long parse(String cursor) {
    try {
      return Numerals.wholeNumber(cursor);
    } catch (NumberFormatException _) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)");
    }
  }
}
