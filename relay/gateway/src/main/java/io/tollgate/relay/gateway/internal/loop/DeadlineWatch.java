package io.tollgate.relay.gateway.internal.loop;

import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the deadlines of one event loop's requests, ten times a second with one timer: cheaper
 * than a timer for each deadline, and exact enough for deadlines of seconds.
 */
public final class DeadlineWatch {
  private static final Logger log = LoggerFactory.getLogger(DeadlineWatch.class);
  private static final long EVERY_MS = 100;
  private static final long NO_TIMER = -1;

  /** Something that has deadlines. */
  public interface Watched {
    /**
     * @param now {@link System#nanoTime}
     */
    void tick(long now);
  }

  private final Vertx vertx;
  private final Set<Watched> watched = new LinkedHashSet<>();
  private long timer = NO_TIMER;

  DeadlineWatch(Vertx vertx) {
    this.vertx = vertx;
  }

  public void add(Watched one) {
    watched.add(one);
    if (timer == NO_TIMER) {
      timer = vertx.setPeriodic(EVERY_MS, _ -> tick());
    }
  }

  public void remove(Watched one) {
    watched.remove(one);
  }

  private void tick() {
    if (watched.isEmpty()) {
      vertx.cancelTimer(timer);
      timer = NO_TIMER;
      return;
    }
    long now = System.nanoTime();
    for (Watched one : List.copyOf(watched)) {
      if (watched.contains(one)) {
        tick(one, now);
      }
    }
  }

  /** One that fails must not keep the others from being looked at, now or ever after. */
  private void tick(Watched one, long now) {
    try {
      one.tick(now);
    } catch (Throwable e) {
      watched.remove(one);
      log.atError().setCause(e).log("a deadline could not be looked at");
    }
  }
}
