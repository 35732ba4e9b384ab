package io.tollgate.relay.protocols.anthropic.request;

import io.tollgate.relay.protocols.internal.json.JsonToken;

/** Names what was given, for sentences that say what was expected. */
final class Given {
  private Given() {}

  static String name(JsonToken token) {
    return switch (token) {
      case OBJECT_START, OBJECT_END -> "an object";
      case ARRAY_START, ARRAY_END -> "an array";
      case NAME, STRING -> "a string";
      case NUMBER -> "a number";
      case TRUE -> "true";
      case FALSE -> "false";
      case NULL -> "null";
      case END -> "nothing";
    };
  }

  /** A text of the caller's, as far as it can be shown in a sentence. */
  static String shown(String text) {
    return text.length() > 64 ? text.substring(0, 64) + "…" : text;
  }
}
