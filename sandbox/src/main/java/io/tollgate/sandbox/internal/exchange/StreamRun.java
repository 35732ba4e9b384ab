package io.tollgate.sandbox.internal.exchange;

import io.tollgate.sandbox.internal.served.Attempt;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;

/**
 * A stream being sent, at the pace asked for or as fast as the caller reads. Confined to the event
 * loop.
 */
final class StreamRun {
  /** Without a pace, so many steps go out in one write, and others get their turn in between. */
  private static final int BURST = 32;

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final Frames frames;
  private final Attempt attempt;
  private final Usage whole;
  private final int paceMs;
  private final int abortAfter;
  private final int steps;
  private int sent;
  private boolean waitsForReader;
  private boolean over;

  StreamRun(
      Vertx vertx,
      HttpServerResponse response,
      Frames frames,
      Steering steering,
      Attempt attempt,
      Usage whole) {
    this.vertx = vertx;
    this.response = response;
    this.frames = frames;
    this.attempt = attempt;
    this.whole = whole;
    this.paceMs = steering.get(Key.CHUNK_MS, 0);
    this.abortAfter = steering.get(Key.ABORT_AFTER, Integer.MAX_VALUE);
    this.steps = frames.steps();
  }

  void start() {
    response.closeHandler(closed -> leave());
    response.exceptionHandler(broken -> leave());
    response.drainHandler(drained -> drained());
    response
        .setChunked(true)
        .putHeader("Content-Type", frames.contentType())
        .putHeader("Cache-Control", "no-cache");
    StringBuilder out = new StringBuilder(1024);
    frames.opening(out);
    go(out);
  }

  private void go(StringBuilder out) {
    if (over) {
      return;
    }
    int until = Math.min(steps, paceMs > 0 ? sent + 1 : sent + BURST);
    while (sent < until) {
      if (sent >= abortAfter) {
        abort(out);
        return;
      }
      frames.step(out, sent++);
    }
    if (sent < steps) {
      if (!out.isEmpty()) {
        response.write(Replies.bytes(out.toString()));
      }
      next();
    } else if (sent >= abortAfter) {
      abort(out);
    } else {
      end(out);
    }
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

  private void end(StringBuilder out) {
    over = true;
    frames.ending(out);
    response
        .end(Replies.bytes(out.toString()))
        .onComplete(
            done -> attempt.completed(whole), failed -> attempt.cut(frames.delivered(sent)));
  }

  private void abort(StringBuilder out) {
    over = true;
    attempt.cut(frames.delivered(sent));
    if (out.isEmpty()) {
      response.reset();
    } else {
      response.write(Replies.bytes(out.toString())).onComplete(written -> response.reset());
    }
  }

  private void leave() {
    if (!over) {
      over = true;
      attempt.cut(frames.delivered(sent));
    }
  }
}
