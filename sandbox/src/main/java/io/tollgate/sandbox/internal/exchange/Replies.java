package io.tollgate.sandbox.internal.exchange;

import io.tollgate.sandbox.internal.json.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;

/** Whole answers of one piece. */
public final class Replies {
  private Replies() {}

  public static void json(HttpServerRequest request, int status, String body) {
    HttpServerResponse response = request.response();
    if (!response.closed() && !response.ended()) {
      response.setStatusCode(status).putHeader("Content-Type", "application/json").end(bytes(body));
    }
  }

  /** A refusal that no attempt stands for. */
  public static void problem(HttpServerRequest request, Dialect dialect, Problem problem) {
    problem(request, dialect, problem, "req_refused");
  }

  static void problem(
      HttpServerRequest request, Dialect dialect, Problem problem, String requestId) {
    if (!request.response().closed() && !request.response().headWritten()) {
      request.response().putHeader(dialect.idHeader(), requestId);
    }
    json(request, problem.status(), dialect.problem(problem, requestId));
  }

  /** What went wrong on the way, as the caller may know it. */
  public static void failure(HttpServerRequest request, Dialect dialect, Throwable cause) {
    problem(
        request,
        dialect,
        switch (cause) {
          case Problem problem -> problem;
          case JacksonException unreadable ->
              Problem.invalid("", "Could not read a value: " + unreadable.getOriginalMessage());
          default -> new Problem(500, "", "", "The sandbox failed: " + cause.getMessage() + ".");
        });
  }

  public static Buffer bytes(String text) {
    return Buffer.buffer(text.getBytes(StandardCharsets.UTF_8));
  }
}
