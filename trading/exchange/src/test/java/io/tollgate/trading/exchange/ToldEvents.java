package io.tollgate.trading.exchange;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What an account tells, to be waited for. */
final class ToldEvents implements Consumer<AccountEvent> {
  private static final int SECONDS = 60;

  private final BlockingQueue<AccountEvent> events = new LinkedBlockingQueue<>();

  @Override
  public void accept(AccountEvent event) {
    events.add(event);
  }

  /** The next of a kind; others that come before it are passed over. */
  <T extends AccountEvent> T next(Class<T> kind) throws InterruptedException {
    return next(kind, _ -> true);
  }

  /** The same, that is like this. */
  <T extends AccountEvent> T next(Class<T> kind, Predicate<T> like) throws InterruptedException {
    return within(SECONDS, kind, like)
        .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " was told"));
  }

  /** The same, or none where nothing was told for so many seconds. */
  <T extends AccountEvent> Optional<T> within(int seconds, Class<T> kind, Predicate<T> like)
      throws InterruptedException {
    for (AccountEvent event = events.poll(seconds, TimeUnit.SECONDS);
        event != null;
        event = events.poll(seconds, TimeUnit.SECONDS)) {
      if (kind.isInstance(event) && like.test(kind.cast(event))) {
        return Optional.of(kind.cast(event));
      }
    }
    return Optional.empty();
  }

  /** The first of all. */
  AccountEvent first() throws InterruptedException {
    AccountEvent event = events.poll(SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("nothing was told");
    }
    return event;
  }
}
