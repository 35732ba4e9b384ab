package io.tollgate.relay.protocols.openai.answer;

import io.tollgate.relay.protocols.internal.json.JsonName;

/** Names of members in answers that the relay reads. */
final class ChatNames {
  static final JsonName ID = JsonName.of("id");
  static final JsonName MODEL = JsonName.of("model");
  static final JsonName CREATED = JsonName.of("created");
  static final JsonName CHOICES = JsonName.of("choices");
  static final JsonName USAGE = JsonName.of("usage");
  static final JsonName ERROR = JsonName.of("error");
  static final JsonName INDEX = JsonName.of("index");
  static final JsonName FINISH_REASON = JsonName.of("finish_reason");
  static final JsonName DELTA = JsonName.of("delta");
  static final JsonName MESSAGE = JsonName.of("message");
  static final JsonName ROLE = JsonName.of("role");
  static final JsonName TYPE = JsonName.of("type");
  static final JsonName SERVICE_TIER = JsonName.of("service_tier");
  static final JsonName DEFAULT = JsonName.of("default");
  static final JsonName DATA = JsonName.of("data");

  static final JsonName OBJECT = JsonName.of("object");
  static final JsonName CONTENT = JsonName.of("content");
  static final JsonName TEXT = JsonName.of("text");
  static final JsonName CODE = JsonName.of("code");
  static final JsonName MSG = JsonName.of("msg");
  static final JsonName DETAIL = JsonName.of("detail");
  static final JsonName CONTENT_FILTER = JsonName.of("content_filter");
  static final JsonName NULL_WORD = JsonName.of("null");

  private ChatNames() {}
}
