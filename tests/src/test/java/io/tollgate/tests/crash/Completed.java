package io.tollgate.tests.crash;

import io.tollgate.tests.installation.Demo;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * An answer that a caller has got to its last byte.
 *
 * @param id what it is charged under
 * @param usage as the answer says
 * @param stopped whether it was ended early, as the means were used up
 */
record Completed(String id, Demo.User user, Usage usage, boolean stopped) {
  private static final String WHY = "insufficient_quota";

  /** Nothing when it is not a whole good answer. */
  static Optional<Completed> of(Call call, HttpResponse<String> response) {
    if (response.statusCode() != 200
        || (call.stream() && !call.tongue().isWhole(response.body()))) {
      return Optional.empty();
    }
    String id = response.headers().firstValue("x-request-id").orElseThrow();
    Usage usage =
        call.tongue()
            .used(response.body(), call.stream())
            .orElseThrow(() -> new AssertionError("no usage in the answer of " + id));
    return Optional.of(new Completed(id, call.user(), usage, response.body().contains(WHY)));
  }
}
