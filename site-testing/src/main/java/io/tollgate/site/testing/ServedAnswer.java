package io.tollgate.site.testing;

import io.tollgate.web.Json;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** What routes answered, in JSON. */
public record ServedAnswer(int status, JsonNode json) {
  /** Reads the body as JSON. */
  public static ServedAnswer of(HttpResponse<byte[]> response) {
    return new ServedAnswer(response.statusCode(), Json.read(response.body()));
  }

  /** What stands under {@code data}. */
  public JsonNode data() {
    return json.path("data");
  }

  /** A field of the outermost object as text. */
  public String text(String field) {
    return json.path(field).asString();
  }
}
