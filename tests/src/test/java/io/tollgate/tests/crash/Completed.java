package io.tollgate.tests.crash;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import java.net.http.HttpResponse;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An answer that a caller has got to its last byte.
 *
 * @param id what it is charged under
 * @param usage as the answer says
 */
record Completed(String id, Demo.User user, Usage usage) {
  private static final String DONE = "data: [DONE]";
  private static final String STOPPED = "event: message_stop";
  private static final String DATA = "data: {";

  /** Nothing when it is not a whole good answer. */
  static Optional<Completed> of(Call call, HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      return Optional.empty();
    }
    String id = response.headers().firstValue("x-request-id").orElseThrow();
    if (!call.stream()) {
      return Optional.of(new Completed(id, call.user(), usage(call, response.body())));
    }
    if (!response.body().contains(call.translated() ? STOPPED : DONE)) {
      return Optional.empty();
    }
    String last =
        response
            .body()
            .lines()
            .filter(line -> line.startsWith(DATA) && line.contains("\"usage\":{"))
            .reduce((first, second) -> second)
            .orElseThrow(() -> new AssertionError("no usage in the stream of " + id));
    return Optional.of(
        new Completed(id, call.user(), usage(call, last.substring(DATA.length() - 1))));
  }

  private static Usage usage(Call call, String json) {
    JsonNode usage = Client.JSON.readTree(json).required("usage");
    if (call.translated()) {
      long cached = usage.path("cache_read_input_tokens").asLong();
      return new Usage(
          usage.required("input_tokens").asLong() + cached,
          usage.required("output_tokens").asLong(),
          cached,
          usage.path("output_tokens_details").path("thinking_tokens").asLong());
    }
    return new Usage(
        usage.required("prompt_tokens").asLong(),
        usage.required("completion_tokens").asLong(),
        usage.path("prompt_tokens_details").path("cached_tokens").asLong(),
        usage.path("completion_tokens_details").path("reasoning_tokens").asLong());
  }
}
