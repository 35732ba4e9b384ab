package io.tollgate.metering.internal.database.bank;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that works off a bounded queue, each time everything that has come in the meantime. A
 * platform thread, as it lives as long as the process: waiting for answers of the database costs a
 * virtual one more. What fails is dropped after a short pause: whoever asked asks again.
 */
final class BatchWorker<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWorker.class);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final long WAIT_MS = 100;

  private final BlockingQueue<T> queue;
  private final int max;
  private final Consumer<List<T>> work;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param places how many wait at most
   * @param max how many are worked off at once at most
   */
  BatchWorker(String name, int places, int max, Consumer<List<T>> work) {
    this.queue = new ArrayBlockingQueue<>(places);
    this.max = max;
    this.work = work;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** False when the queue is full, or nothing is worked off any more. */
  boolean offer(T item) {
    return !closed && queue.offer(item);
  }

  /** To be called by the work: adds what came meanwhile, up to what is done at once. */
  void more(List<T> batch) {
    if (!closed) {
      queue.drainTo(batch, Math.max(0, max - batch.size()));
    }
  }

  private void run() {
    List<T> batch = new ArrayList<>();
    while (!closed) {
      batch.clear();
      try {
        T first = queue.poll(WAIT_MS, TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        batch.add(first);
        queue.drainTo(batch, max - 1);
        work.accept(List.copyOf(batch));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.warn("{}: {} dropped", thread.getName(), batch.size(), e);
        if (!pause()) {
          return;
        }
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Lets what is under way end; what waits is forgotten. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(Duration.ofSeconds(10))) {
        LOG.warn("{} did not end within 10 s", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
