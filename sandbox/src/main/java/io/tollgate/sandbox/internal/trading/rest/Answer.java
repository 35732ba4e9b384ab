package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import tools.jackson.databind.JsonNode;

/** What is answered. */
record Answer(int status, String body) {
  static Answer of(JsonNode json) {
    return new Answer(200, json.toString());
  }

  static Answer error(int status, int code, String message) {
    return new Answer(status, JsonBody.object().put("code", code).put("msg", message).toString());
  }

  static Answer of(Refusal refusal) {
    return error(refusal.status(), refusal.code(), refusal.message());
  }
}
