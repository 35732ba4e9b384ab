package io.tollgate.relay.rules.internal;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.Notifications;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.rules.RequestRule;
import io.tollgate.relay.rules.RequestRules;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the table of rules as the database has them. It hears of changes from the tables' triggers;
 * while it cannot hear, it reads twice a second, and every minute otherwise. What cannot be read
 * leaves the table as it was.
 */
public final class RuleKeeper implements RequestRules, Notifications.Listener, AutoCloseable {
  /** The triggers' channel; see the migrations. */
  static final String CHANNEL = "tollgate_relay_rules";

  private static final Logger LOG = LoggerFactory.getLogger(RuleKeeper.class);
  private static final long DEAF_MS = 500;
  private static final long USUAL_MS = 60_000;

  private final Transactions transactions;
  private final RuleReading reading;
  private final Counter failures;
  private final Semaphore changed = new Semaphore(0);
  private final Thread thread;
  private volatile RuleTable table = RuleTable.EMPTY;
  private volatile boolean hears;
  private volatile boolean closed;

  private RuleKeeper(Transactions transactions, RuleReading reading, Counter failures) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.reading = requireNonNull(reading, "reading is null");
    this.failures = requireNonNull(failures, "failures is null");
    this.thread = Thread.ofPlatform().daemon().name("relay-rules").unstarted(this::run);
  }

  /** Reads the rules, and begins to listen. */
  public static RuleKeeper start(
      Transactions transactions,
      Notifications notifications,
      RuleReading reading,
      MeterRegistry registry) {
    RuleKeeper keeper =
        new RuleKeeper(
            transactions, reading, registry.counter("tollgate.relay.rules.read.failures"));
    keeper.refresh();
    notifications.subscribe(CHANNEL, keeper);
    keeper.thread.start();
    return keeper;
  }

  @Override
  public RequestRule of(TenantId tenant, ApiKeyId key) {
    return table.of(tenant, key);
  }

  /** Reads them again, one caller at a time: an older reading never takes a newer one's place. */
  public synchronized void refresh() {
    table = transactions.snapshot(reading::all);
  }

  private void run() {
    while (!closed) {
      try {
        boolean _ = changed.tryAcquire(hears ? USUAL_MS : DEAF_MS, TimeUnit.MILLISECONDS);
        changed.drainPermits();
        if (!closed) {
          refresh();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (!closed) {
          failures.increment();
          LOG.atWarn().setCause(e).log("rules could not be read again; they stay as they were");
          hears = false;
        }
      }
    }
  }

  @Override
  public void notified(String payload) {
    changed.release();
  }

  @Override
  public void missed() {
    hears = true;
    changed.release();
  }

  @Override
  public void lost() {
    hears = false;
    changed.release();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
