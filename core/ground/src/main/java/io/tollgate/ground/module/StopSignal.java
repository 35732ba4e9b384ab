package io.tollgate.ground.module;

import java.util.concurrent.CountDownLatch;

/**
 * Waits for the signal to stop, and lets the process end only when everything has stopped. One per
 * process.
 */
public final class StopSignal {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  private StopSignal() {}

  /** Takes over SIGTERM and SIGINT. */
  public static StopSignal install() {
    StopSignal shutdown = new StopSignal();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(shutdown::onSignal));
    return shutdown;
  }

  /** Blocks until the process is asked to stop. */
  public void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that everything has stopped. */
  public void done() {
    stopped.countDown();
  }

  private void onSignal() {
    asked.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
