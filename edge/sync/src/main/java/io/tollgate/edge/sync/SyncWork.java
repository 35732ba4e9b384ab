package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.vertx.core.Context;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Reads of the database for clients: on virtual threads, few at one time. */
final class SyncWork implements AutoCloseable {
  /** Connections of the pool that clients may hold together when all of them come back at once. */
  private static final int AT_ONCE = 6;

  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sync-", 0).factory());

  /** Works, and answers on the event loop of the context: the result, or why there is none. */
  <T> void run(Context loop, Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
    requireNonNull(work, "work is null");
    try {
      executor.execute(
          () -> {
            try {
              turns.acquire();
              T result;
              try {
                result = work.call();
              } finally {
                turns.release();
              }
              loop.runOnContext(_ -> done.accept(result));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              loop.runOnContext(_ -> failed.accept(stopping()));
            } catch (Exception | Error e) {
              loop.runOnContext(_ -> failed.accept(e));
            }
          });
    } catch (RejectedExecutionException e) {
      failed.accept(stopping());
    }
  }

  private static Refusal stopping() {
    return new Refusal(ErrorCode.UNAVAILABLE, "the server is stopping");
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
