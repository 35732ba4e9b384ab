package io.tollgate.trading.engine.candles;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/** How somebody waits for a while. */
@FunctionalInterface
public interface Pause {
  /** Lets the thread sleep. */
  Pause SLEEP =
      time -> {
        try {
          Thread.sleep(time);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CancellationException("the wait was interrupted");
        }
      };

  /**
   * Waits.
   *
   * @throws CancellationException when it is given up
   */
  void of(Duration time);
}
