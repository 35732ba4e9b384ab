package io.tollgate.trading.exchange.placing;

import java.time.Duration;

/** Time as it passes: never back. */
public interface Pace {
  /** Since some moment that stays the same. */
  Duration elapsed();

  /**
   * Waits.
   *
   * @throws InterruptedException when somebody wants the thread to end
   */
  void pause(Duration length) throws InterruptedException;

  /** That of the machine. */
  static Pace system() {
    long start = System.nanoTime();
    return new Pace() {
      @Override
      public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
      }

      @Override
      public void pause(Duration length) throws InterruptedException {
        Thread.sleep(length);
      }
    };
  }
}
