package io.tollgate.sandbox.internal.exchange;

import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.served.Attempt;
import io.tollgate.sandbox.internal.served.Journal;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * One attempt being answered, from the moment its line is in the journal. A caller who leaves
 * before the first byte is served nothing; one who leaves a stream is served what was handed over
 * by then, as generation stops when the caller is gone.
 */
final class Exchange implements Journal.Written {
  private final Site site;
  private final Dialect dialect;
  private final HttpServerRequest request;
  private final Reply reply;
  private final Steering steering;

  Exchange(Site site, Dialect dialect, HttpServerRequest request, Reply reply, Steering steering) {
    this.site = site;
    this.dialect = dialect;
    this.request = request;
    this.reply = reply;
    this.steering = steering;
  }

  @Override
  public void failed(Attempt attempt, IOException cause) {
    attempt.nothing();
    Replies.failure(request, dialect, cause);
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
    long timer = site.vertx().setTimer(latency, fired -> answer(attempt));
    response.closeHandler(
        closed -> {
          if (site.vertx().cancelTimer(timer)) {
            attempt.nothing();
          }
        });
  }

  private void answer(Attempt attempt) {
    HttpServerResponse response = request.response();
    if (steering.has(Key.STATUS)) {
      refuse(attempt, Problem.steered(steering.get(Key.STATUS, 0)));
      return;
    }
    response.putHeader(dialect.idHeader(), id(attempt));
    Outgoing outgoing =
        reply.writing().apply(new Reply.Stamp(attempt.number(), site.clock().millis() / 1000));
    switch (outgoing) {
      case Outgoing.Streamed streamed ->
          new StreamRun(site.vertx(), response, streamed.frames(), steering, attempt, reply.usage())
              .start();
      case Outgoing.Whole whole -> whole(attempt, response, whole);
      case Outgoing.Later later -> {
        later.maker().accept(attempt);
        response.putHeader("Content-Type", "application/json").end(later.body());
      }
    }
  }

  private static String id(Attempt attempt) {
    return "req_" + attempt.number();
  }

  private void refuse(Attempt attempt, Problem problem) {
    attempt.nothing();
    OptionalInt seconds = steering.get(Key.RETRY_AFTER);
    if (seconds.isPresent() || problem.status() == 429) {
      request.response().putHeader("Retry-After", Integer.toString(seconds.orElse(1)));
    }
    Replies.problem(request, dialect, problem, id(attempt));
  }

  private void whole(Attempt attempt, HttpServerResponse response, Outgoing.Whole whole) {
    response.putHeader("Content-Type", whole.contentType());
    Buffer body = whole.body();
    if (steering.get(Key.ABORT_AFTER).isPresent()) {
      attempt.cut(reply.usage().prompt());
      response.putHeader("Content-Length", Integer.toString(body.length()));
      response.write(body.slice(0, body.length() / 2)).onComplete(written -> response.reset());
      return;
    }
    response
        .end(body)
        .onComplete(
            sent -> attempt.completed(reply.usage()),
            failed -> attempt.cut(reply.usage().prompt()));
  }
}
