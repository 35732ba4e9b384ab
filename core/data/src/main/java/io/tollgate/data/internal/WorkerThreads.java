package io.tollgate.data.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that run until they are told to stop. */
public final class WorkerThreads {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerThreads.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean started;

  public WorkerThreads(String name) {
    this.name = name;
  }

  boolean isStarted() {
    return started;
  }

  public void start(List<? extends Runnable> work) {
    if (started) {
      throw new IllegalStateException(name + " runs already");
    }
    started = true;
    for (Runnable each : work) {
      threads.add(Thread.ofVirtual().name(name).start(each));
    }
  }

  /** Waits for those that were told to stop, ten seconds for all, then interrupts them. */
  public void join() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Thread thread : threads) {
      try {
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        if (!thread.join(left)) {
          LOG.warn("{} did not stop within {}; interrupting it", name, PATIENCE);
          thread.interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
