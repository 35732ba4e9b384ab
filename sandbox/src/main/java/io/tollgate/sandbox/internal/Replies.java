package io.tollgate.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/** Whole answers of one piece. */
final class Replies {
  private Replies() {}

  static void json(HttpServerRequest request, int status, String body) {
    HttpServerResponse response = request.response();
    if (!response.closed() && !response.ended()) {
      response.setStatusCode(status).putHeader("Content-Type", "application/json").end(bytes(body));
    }
  }

  static void problem(HttpServerRequest request, OpenAiProblem problem) {
    json(request, problem.status(), problem.body());
  }

  /** What went wrong on the way, as the caller may know it. */
  static void failure(HttpServerRequest request, Throwable cause) {
    problem(
        request,
        cause instanceof OpenAiProblem problem
            ? problem
            : new OpenAiProblem(
                500, "server_error", "", "", "The sandbox failed: " + cause.getMessage() + "."));
  }

  static Buffer bytes(String text) {
    return Buffer.buffer(text.getBytes(StandardCharsets.UTF_8));
  }
}
