package io.tollgate.relay.gateway.internal.loop;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A few threads for work on large bodies, which would make everybody else on an event loop wait.
 * They end by themselves when there is nothing to do. Safe for use by many threads.
 */
public final class LargeBodyThreads {
  private static final int WAITING_MAX = 1024;
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads;

  public LargeBodyThreads(int parallel) {
    threads =
        new ThreadPoolExecutor(
            parallel,
            parallel,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name("relay-large-body-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** The work's outcome; fails with {@code UNAVAILABLE} when too much of it waits already. */
  public <T> CompletionStage<T> run(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads);
    } catch (RejectedExecutionException _) {
      return CompletableFuture.failedStage(
          new Refusal(ErrorCode.UNAVAILABLE, "too many large requests wait to be read")
              .withRetryAfter(Duration.ofSeconds(1)));
    }
  }
}
