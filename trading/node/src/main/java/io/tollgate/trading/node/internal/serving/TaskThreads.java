package io.tollgate.trading.node.internal.serving;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Works on the tasks of requests: a virtual thread for each, a bounded number of them at one time,
 * whichever request they are of. Safe for use by many threads.
 */
public final class TaskThreads implements AutoCloseable {
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("task-", 0).factory());
  private final Semaphore turns;

  /**
   * @param concurrent tasks at one time
   */
  public TaskThreads(int concurrent) {
    this.turns = new Semaphore(concurrent, true);
  }

  /**
   * Does the work for each, and waits for all.
   *
   * @param work throws nothing: what goes wrong with a task is its result
   */
  <T, R> List<R> each(List<T> tasks, Function<T, R> work) throws InterruptedException {
    List<Future<R>> running = new ArrayList<>(tasks.size());
    for (T task : tasks) {
      running.add(executor.submit(() -> inTurn(task, work)));
    }
    List<R> results = new ArrayList<>(tasks.size());
    try {
      for (Future<R> future : running) {
        results.add(future.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a task failed in a way that is no result", e.getCause());
    } finally {
      // where it is not waited for them any more: each goes on from its journal when asked again
      running.forEach(future -> future.cancel(true));
    }
    return results;
  }

  private <T, R> R inTurn(T task, Function<T, R> work) {
    try {
      turns.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(ErrorCode.UNAVAILABLE, "the node is stopping", e);
    }
    try {
      return work.apply(task);
    } finally {
      turns.release();
    }
  }

  /** Interrupts what still runs. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
