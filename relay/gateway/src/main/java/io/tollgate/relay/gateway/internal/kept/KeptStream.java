package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.ResponseEnding;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import io.tollgate.relay.protocols.StreamTap;
import java.util.concurrent.TimeUnit;

/** Passes on the events of an answer that is asked for again, at the caller's speed. Free. */
final class KeptStream implements UpstreamAnswer.Reader, DeadlineWatch.Watched {
  private static final byte[] NOTHING = {};

  private final RequestResources resources;
  private final CallerResponse caller;
  private final UpstreamAnswer answer;
  private final StreamTap tap;
  private long lastNanos = System.nanoTime();
  private Runnable onEnd = () -> {};
  private boolean paused;

  KeptStream(
      RequestResources resources, CallerResponse caller, UpstreamAnswer answer, StreamTap tap) {
    this.resources = requireNonNull(resources, "resources is null");
    this.caller = requireNonNull(caller, "caller is null");
    this.answer = requireNonNull(answer, "answer is null");
    this.tap = requireNonNull(tap, "tap is null");
  }

  /** What is to be done when nothing more comes; the request is not over yet. */
  void onEnd(Runnable action) {
    onEnd = action;
  }

  /** Passes on what was held back and may pass now. */
  void pump() {
    if (!resources.closed()) {
      byte[] passing = tap.accept(NOTHING);
      if (passing.length > 0) {
        caller.write(passing);
      }
    }
  }

  void start() {
    resources.watch(this);
    caller.streamType(tap.contentType());
    caller.onDrain(_ -> resume());
    answer.readBy(this);
    answer.resume();
  }

  @Override
  public void tick(long now) {
    long idle = TimeUnit.MILLISECONDS.toNanos(resources.loop().config().idleMs());
    if (!paused && now - lastNanos > idle) {
      end(new ResponseEnding.Broken(NOTHING));
    }
  }

  @Override
  public void arrived(byte[] piece) {
    if (resources.closed()) {
      return;
    }
    lastNanos = System.nanoTime();
    byte[] passing = tap.accept(piece);
    if (passing.length > 0) {
      caller.write(passing);
    }
    if (caller.full()) {
      paused = true;
      answer.pause();
    }
  }

  private void resume() {
    paused = false;
    lastNanos = System.nanoTime();
    answer.resume();
  }

  @Override
  public void upstreamEnded() {
    end(new ResponseEnding.Last(tap.finish()));
  }

  @Override
  public void upstreamBroke() {
    end(new ResponseEnding.Broken(NOTHING));
  }

  private void end(ResponseEnding ending) {
    if (!resources.closed()) {
      onEnd.run();
      caller.finish(ending, "");
      resources.close();
    }
  }
}
