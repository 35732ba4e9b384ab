package io.tollgate.relay.protocols.anthropic.request;

/** Names what was given, for sentences that say what was expected. */
final class Given {
  private Given() {}

  /** A text of the caller's, as far as it can be shown in a sentence. */
  static String shown(String text) {
    return text.length() > 64 ? text.substring(0, 64) + "…" : text;
  }
}
