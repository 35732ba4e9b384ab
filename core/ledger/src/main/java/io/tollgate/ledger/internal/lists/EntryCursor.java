package io.tollgate.ledger.internal.lists;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.LedgerEntry;
import java.util.UUID;

/** The last entry of a page. */
record EntryCursor(UUID transfer, int seq) {
  static EntryCursor of(LedgerEntry entry) {
    return new EntryCursor(entry.transfer(), entry.seq());
  }

  static EntryCursor parse(String text) {
    int dot = text.indexOf('.');
    try {
      if (dot > 0) {
        return new EntryCursor(
            UUID.fromString(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
      }
    } catch (IllegalArgumentException e) {
      throw refusal(e);
    }
    throw refusal(new IllegalArgumentException("no dot"));
  }

  String text() {
    return transfer + "." + seq;
  }

  private static Refusal refusal(IllegalArgumentException cause) {
    return new Refusal(
        ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", cause);
  }
}
