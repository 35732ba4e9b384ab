package io.tollgate.sandbox.internal;

import io.tollgate.sandbox.internal.Steering.Key;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * A stream being sent: one event per token and choice, the choices side by side, at the pace asked
 * for or as fast as the caller reads. Confined to the event loop.
 */
final class StreamRun {
  /**
   * Without a pace, so many positions go out in one write, and others get their turn in between.
   */
  private static final int BURST = 32;

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final Answer answer;
  private final AnswerWriter writer;
  private final Attempt attempt;
  private final int paceMs;
  private final int abortAfter;
  private final int positions;
  private int position;
  private int sent;
  private boolean waitsForReader;
  private boolean over;

  StreamRun(
      Vertx vertx,
      HttpServerResponse response,
      Answer answer,
      AnswerWriter writer,
      Steering steering,
      Attempt attempt) {
    this.vertx = vertx;
    this.response = response;
    this.answer = answer;
    this.writer = writer;
    this.attempt = attempt;
    this.paceMs = steering.get(Key.CHUNK_MS, 0);
    this.abortAfter = steering.get(Key.ABORT_AFTER, Integer.MAX_VALUE);
    this.positions =
        answer.choices().stream().mapToInt(choice -> choice.content().pieces()).max().orElse(0);
  }

  void start() {
    response.closeHandler(closed -> leave());
    response.exceptionHandler(broken -> leave());
    response.drainHandler(drained -> drained());
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-cache");
    StringBuilder events = new StringBuilder(1024);
    for (Answer.Choice choice : answer.choices()) {
      writer.opening(events, choice);
    }
    go(events);
  }

  private void go(StringBuilder events) {
    if (over) {
      return;
    }
    int until = paceMs > 0 ? position + 1 : position + BURST;
    while (position < Math.min(until, positions)) {
      if (!pieces(events)) {
        abort(events);
        return;
      }
      position++;
    }
    if (position < positions) {
      response.write(Replies.bytes(events.toString()));
      next();
    } else if (sent >= abortAfter) {
      abort(events);
    } else {
      end(events);
    }
  }

  /** One piece of each choice that has one left; false when it is time to cut the connection. */
  private boolean pieces(StringBuilder events) {
    List<Answer.Choice> choices = answer.choices();
    for (Answer.Choice choice : choices) {
      if (position < choice.content().pieces()) {
        if (sent >= abortAfter) {
          return false;
        }
        writer.piece(events, choice, position);
        sent++;
      }
    }
    return true;
  }

  private void next() {
    if (paceMs > 0) {
      vertx.setTimer(paceMs, fired -> whenRead());
    } else {
      vertx.runOnContext(turn -> whenRead());
    }
  }

  private void whenRead() {
    if (over) {
      return;
    }
    if (response.writeQueueFull()) {
      waitsForReader = true;
    } else {
      go(new StringBuilder(paceMs > 0 ? 256 : 8192));
    }
  }

  private void drained() {
    if (waitsForReader) {
      waitsForReader = false;
      go(new StringBuilder(8192));
    }
  }

  private void end(StringBuilder events) {
    over = true;
    for (Answer.Choice choice : answer.choices()) {
      writer.finish(events, choice);
    }
    writer.ending(events);
    response
        .end(Replies.bytes(events.toString()))
        .onComplete(
            done -> attempt.completed(answer.outputTokens()), failed -> attempt.cut(delivered()));
  }

  private void abort(StringBuilder events) {
    over = true;
    attempt.cut(delivered());
    response.write(Replies.bytes(events.toString())).onComplete(written -> response.reset());
  }

  private void leave() {
    if (!over) {
      over = true;
      attempt.cut(delivered());
    }
  }

  /** Tokens of the pieces handed over; a choice counts its hidden ones with its first piece. */
  private int delivered() {
    int tokens = 0;
    int left = sent;
    for (int index = 0; index < answer.choices().size(); index++) {
      Answer.Choice choice = answer.choices().get(index);
      int pieces = Math.min(position, choice.content().pieces());
      left -= pieces;
      tokens += choice.delivered(pieces);
    }
    return tokens + left;
  }
}
