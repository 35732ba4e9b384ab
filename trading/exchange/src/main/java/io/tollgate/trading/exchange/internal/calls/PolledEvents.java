package io.tollgate.trading.exchange.internal.calls;

import io.tollgate.trading.exchange.AccountEvent;
import io.tollgate.trading.exchange.AccountEvent.Gap;
import io.tollgate.trading.exchange.EventStream;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Events of an account that tells none by itself: every few seconds, that something may have
 * happened. A listener must not throw.
 */
public final class PolledEvents implements EventStream {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Thread thread;

  public PolledEvents(Consumer<AccountEvent> listener) {
    thread = Thread.ofVirtual().name("polled events").start(() -> run(listener));
  }

  private static void run(Consumer<AccountEvent> listener) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        listener.accept(new Gap("nothing is told here"));
        Thread.sleep(EVERY);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
