package io.tollgate.sandbox.internal;

import io.tollgate.sandbox.internal.Steering.Key;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.OptionalInt;

/**
 * One attempt being answered, from the moment its line is in the journal. A caller who leaves
 * before the first byte is served nothing; one who leaves a stream is served what was handed over
 * by then, as generation stops when the caller is gone.
 */
final class Exchange implements Journal.Written {
  private final Vertx vertx;
  private final HttpServerRequest request;
  private final Answer answer;
  private final Steering steering;
  private final InstantSource clock;

  Exchange(
      Vertx vertx,
      HttpServerRequest request,
      Answer answer,
      Steering steering,
      InstantSource clock) {
    this.vertx = vertx;
    this.request = request;
    this.answer = answer;
    this.steering = steering;
    this.clock = clock;
  }

  @Override
  public void failed(Attempt attempt, IOException cause) {
    attempt.nothing();
    Replies.failure(request, cause);
  }

  @Override
  public void written(Attempt attempt) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      attempt.nothing();
      return;
    }
    int latency = steering.get(Key.LATENCY_MS, 0);
    if (latency == 0) {
      answer(attempt);
      return;
    }
    long timer = vertx.setTimer(latency, fired -> answer(attempt));
    response.closeHandler(
        closed -> {
          if (vertx.cancelTimer(timer)) {
            attempt.nothing();
          }
        });
  }

  private void answer(Attempt attempt) {
    HttpServerResponse response = request.response();
    response.putHeader("x-request-id", "req_" + attempt.number());
    if (steering.has(Key.STATUS)) {
      refuse(attempt, OpenAiProblem.steered(steering.get(Key.STATUS, 0)));
      return;
    }
    AnswerWriter writer = new AnswerWriter(answer, attempt.number(), clock.millis() / 1000);
    if (answer.request().stream()) {
      new StreamRun(vertx, response, answer, writer, steering, attempt).start();
    } else {
      whole(attempt, response, Replies.bytes(writer.body()));
    }
  }

  private void refuse(Attempt attempt, OpenAiProblem problem) {
    attempt.nothing();
    OptionalInt steered = steering.get(Key.RETRY_AFTER);
    (steered.isPresent() ? steered : problem.retryAfter())
        .ifPresent(
            seconds -> request.response().putHeader("Retry-After", Integer.toString(seconds)));
    Replies.problem(request, problem);
  }

  private void whole(Attempt attempt, HttpServerResponse response, Buffer body) {
    response.putHeader("Content-Type", "application/json");
    if (steering.get(Key.ABORT_AFTER).isPresent()) {
      attempt.cut(0);
      response.putHeader("Content-Length", Integer.toString(body.length()));
      response.write(body.slice(0, body.length() / 2)).onComplete(written -> response.reset());
      return;
    }
    response
        .end(body)
        .onComplete(sent -> attempt.completed(answer.outputTokens()), failed -> attempt.cut(0));
  }
}
