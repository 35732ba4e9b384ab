package io.tollgate.relay.gateway.internal.upstream;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.loop.BudgetedBytes;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads an answer whole, up to a bound of size and of silence. One of its two outcomes is told. */
public final class WholeBody implements UpstreamAnswer.Reader, DeadlineWatch.Watched {
  private final RequestResources resources;
  private final UpstreamAnswer answer;
  private final int max;
  private final Consumer<byte[]> whole;
  private final Consumer<UpstreamError> failed;
  private final BudgetedBytes body;
  private long lastNanos = System.nanoTime();
  private boolean told;

  /**
   * @param max most bytes that are taken
   */
  public WholeBody(
      RequestResources resources,
      UpstreamAnswer answer,
      int max,
      Consumer<byte[]> whole,
      Consumer<UpstreamError> failed) {
    this.resources = requireNonNull(resources, "resources is null");
    this.answer = requireNonNull(answer, "answer is null");
    this.max = max;
    this.whole = requireNonNull(whole, "whole is null");
    this.failed = requireNonNull(failed, "failed is null");
    body = new BudgetedBytes(resources, -1);
  }

  public void read() {
    resources.watch(this);
    answer.readBy(this);
    answer.resume();
  }

  @Override
  public void tick(long now) {
    if (!told
        && now - lastNanos > TimeUnit.MILLISECONDS.toNanos(resources.loop().config().idleMs())) {
      fail(new UpstreamError.TooSlow());
    }
  }

  @Override
  public void arrived(byte[] piece) {
    if (told) {
      return;
    }
    lastNanos = System.nanoTime();
    if (body.length() + (long) piece.length > max) {
      fail(new UpstreamError.NoAnswer("larger than is taken"));
    } else if (!body.add(piece)) {
      fail(new UpstreamError.Busy());
    }
  }

  @Override
  public void upstreamEnded() {
    if (told) {
      return;
    }
    byte[] bytes;
    try {
      bytes = body.whole();
    } catch (Refusal _) {
      fail(new UpstreamError.Busy());
      return;
    }
    told = true;
    body.clear();
    whole.accept(bytes);
  }

  @Override
  public void upstreamBroke() {
    fail(new UpstreamError.NoAnswer("broke off"));
  }

  private void fail(UpstreamError error) {
    if (!told) {
      told = true;
      body.clear();
      answer.reset();
      failed.accept(error);
    }
  }
}
