package io.tollgate.sandbox.script.internal;

import io.tollgate.sandbox.script.Octets;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A plain answer of a scripted upstream's own. */
record HttpAnswer(int status, String json) {
  static HttpAnswer ok(Object value) {
    return new HttpAnswer(200, JsonMapper.shared().writeValueAsString(value));
  }

  static HttpAnswer problem(int status, String message) {
    return new HttpAnswer(
        status,
        JsonMapper.shared().writeValueAsString(Map.of("error", Map.of("message", message))));
  }

  void writeTo(OutputStream out) throws IOException {
    Octets body = Octets.of(json + "\n");
    String head =
        "HTTP/1.1 "
            + status
            + " Scripted\r\nContent-Type: application/json\r\nContent-Length: "
            + body.size()
            + "\r\n\r\n";
    Octets.joined(List.of(Octets.of(head), body)).writeTo(out);
  }
}
