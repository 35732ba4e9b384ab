package io.tollgate.sandbox.internal.pay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** An answer of a channel; further headers are name, value, name, value, … */
record PayReply(int status, String contentType, byte[] body, List<String> headers) {
  private static final JsonMapper JSON = new JsonMapper();

  static PayReply json(int status, Map<String, ?> body) {
    return json(status, JSON.writeValueAsString(body));
  }

  static PayReply json(int status, String body) {
    return new PayReply(
        status,
        "application/json; charset=utf-8",
        body.getBytes(StandardCharsets.UTF_8),
        List.of());
  }

  PayReply with(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(name);
    more.add(value);
    return new PayReply(status, contentType, body, more);
  }
}
