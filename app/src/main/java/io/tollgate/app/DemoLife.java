package io.tollgate.app;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.module.ModuleSite;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a demo life while somebody looks at its pages, and only then: users made for it have a week
 * of requests behind them, and send one or two a second to the sandbox. When nobody looks, nothing
 * is sent that could disturb a test or a measurement.
 */
final class DemoLife implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoLife.class);

  /** How long after the last question of a browser its page still counts as looked at. */
  private static final Duration LOOKED_AT = Duration.ofMinutes(10);

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int PAUSE_MS_MIN = 350;
  private static final int PAUSE_MS_MAX = 1_100;
  private static final long SEED = 7;

  private final DemoData data;
  private final DemoHistory history;
  private final DemoTraffic traffic;
  private final BrowserPresence browsers;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Object wakeUp = new Object();
  private final Thread thread = Thread.ofVirtual().name("demo-life").unstarted(this::run);
  private boolean stopping;

  private DemoLife(
      DemoData data, DemoHistory history, DemoTraffic traffic, BrowserPresence browsers) {
    this.data = requireNonNull(data, "data is null");
    this.history = requireNonNull(history, "history is null");
    this.traffic = requireNonNull(traffic, "traffic is null");
    this.browsers = requireNonNull(browsers, "browsers is null");
  }

  /**
   * Waits for somebody to look.
   *
   * @param browsers tell whether somebody looks
   * @param gateway where requests are sent
   */
  static DemoLife start(ModuleSite site, DemoData data, BrowserPresence browsers, String gateway) {
    DemoLife life = new DemoLife(data, new DemoHistory(site), new DemoTraffic(gateway), browsers);
    life.thread.start();
    return life;
  }

  private void run() {
    try {
      while (!browsers.within(LOOKED_AT)) {
        if (isOver(LOOK)) {
          return;
        }
      }
      List<DemoPerson> people = data.people();
      history.ensure(people);
      while (true) {
        boolean looked = browsers.within(LOOKED_AT);
        if (looked) {
          traffic.send(people.get(random.nextInt(people.size())), random);
        }
        int pause = random.nextInt(PAUSE_MS_MIN, PAUSE_MS_MAX);
        if (isOver(looked ? Duration.ofMillis(pause) : LOOK)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // the program ends
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("the demo has no life: what its users do could not be made", e);
    }
  }

  /** Waits; whether the program ends. */
  private boolean isOver(Duration time) throws InterruptedException {
    synchronized (wakeUp) {
      if (!stopping) {
        wakeUp.wait(time.toMillis());
      }
      return stopping;
    }
  }

  @Override
  public void close() {
    synchronized (wakeUp) {
      stopping = true;
      wakeUp.notifyAll();
    }
    thread.interrupt();
    traffic.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
