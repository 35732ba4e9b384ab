package io.tollgate.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs blocking code: a virtual thread for each piece of work, a bounded number of them at one
 * time, and a bounded number that wait. Safe for use by many threads.
 */
public final class VirtualThreads implements AutoCloseable {
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("blocking-", 0).factory());
  private final Semaphore turns;
  private final AtomicInteger admitted = new AtomicInteger();
  private final int max;

  /**
   * @param concurrent pieces of work that run at one time
   * @param waiting pieces of work that wait for their turn
   */
  public VirtualThreads(int concurrent, int waiting, MeterRegistry registry) {
    turns = new Semaphore(concurrent, true);
    max = concurrent + waiting;
    Gauge.builder("tollgate_blocking_admitted", admitted, AtomicInteger::get)
        .description("Blocking work running or waiting for its turn")
        .register(registry);
  }

  /**
   * Runs work on a virtual thread. The future completes on the event loop of the caller where there
   * is one. It fails with what the work threw, or with a {@link Refusal} {@code UNAVAILABLE} at
   * once when too many wait.
   */
  public <T> Future<T> run(Vertx vertx, Callable<T> work) {
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    if (admitted.incrementAndGet() > max) {
      admitted.decrementAndGet();
      return context.failedFuture(
          new Refusal(ErrorCode.UNAVAILABLE, "too many requests are waiting")
              .withRetryAfter(Duration.ofSeconds(1)));
    }
    Promise<T> promise = context.promise();
    try {
      executor.execute(() -> perform(context, work, promise));
    } catch (RejectedExecutionException e) {
      admitted.decrementAndGet();
      return context.failedFuture(stopping());
    }
    return promise.future();
  }

  private <T> void perform(Context context, Callable<T> work, Promise<T> promise) {
    try {
      turns.acquire();
      try {
        T result = work.call();
        context.runOnContext(unused -> promise.complete(result));
      } finally {
        turns.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      context.runOnContext(unused -> promise.fail(stopping()));
    } catch (Exception | Error e) {
      context.runOnContext(unused -> promise.fail(e));
    } finally {
      admitted.decrementAndGet();
    }
  }

  private static Refusal stopping() {
    return new Refusal(ErrorCode.UNAVAILABLE, "the server is stopping");
  }

  /** Interrupts what still runs, and waits a moment for it to end. */
  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(2, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
