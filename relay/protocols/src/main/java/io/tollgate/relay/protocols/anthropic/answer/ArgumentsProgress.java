package io.tollgate.relay.protocols.anthropic.answer;

import io.tollgate.relay.protocols.internal.json.JsonString;

/** Tells when the arguments of a call, which come in pieces, are a whole JSON object. */
final class ArgumentsProgress {
  private int depth;
  private boolean begun;
  private boolean inString;
  private boolean afterBackslash;

  /** Takes the next piece. */
  void add(JsonString piece) {
    if (!piece.escaped()) {
      add(piece.bytes(), piece.from(), piece.to());
      return;
    }
    byte[] plain = piece.utf8();
    add(plain, 0, plain.length);
  }

  /** Whether an object has begun, and ended. */
  boolean complete() {
    return begun && depth == 0;
  }

  private void add(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (afterBackslash) {
        afterBackslash = false;
      } else if (inString) {
        afterBackslash = b == '\\';
        inString = b != '"';
      } else if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        begun = true;
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
    }
  }
}
