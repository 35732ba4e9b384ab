package io.tollgate.relay.protocols.openai.answer;

import io.tollgate.relay.protocols.internal.json.JsonName;

/** Names of members in answers that the relay reads. */
final class ChatNames {
  static final JsonName ERROR = JsonName.of("error");
  static final JsonName DEFAULT = JsonName.of("default");

  static final JsonName CONTENT_FILTER = JsonName.of("content_filter");
  static final JsonName NULL_WORD = JsonName.of("null");

  private ChatNames() {}
}
