package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.ResponseEnding;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import java.util.concurrent.TimeUnit;

/** Passes on what is in a file, byte by byte, at the caller's speed. */
final class KeptContent implements UpstreamAnswer.Reader, DeadlineWatch.Watched {
  private static final byte[] NOTHING = {};

  private final RequestResources resources;
  private final CallerResponse caller;
  private final UpstreamAnswer answer;
  private final String contentType;
  private long lastNanos = System.nanoTime();
  private boolean paused;

  KeptContent(
      RequestResources resources,
      CallerResponse caller,
      UpstreamAnswer answer,
      String contentType) {
    this.resources = requireNonNull(resources, "resources is null");
    this.caller = requireNonNull(caller, "caller is null");
    this.answer = requireNonNull(answer, "answer is null");
    this.contentType = requireNonNull(contentType, "contentType is null");
  }

  void start() {
    resources.watch(this);
    caller.streamType(contentType);
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
    caller.write(piece);
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
    end(new ResponseEnding.Last(NOTHING));
  }

  @Override
  public void upstreamBroke() {
    end(new ResponseEnding.Broken(NOTHING));
  }

  private void end(ResponseEnding ending) {
    if (!resources.closed()) {
      caller.finish(ending, "");
      resources.close();
    }
  }
}
