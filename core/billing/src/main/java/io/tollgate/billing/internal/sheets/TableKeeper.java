package io.tollgate.billing.internal.sheets;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.PriceTable;
import io.tollgate.data.Notifications;
import io.tollgate.data.Transactions;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the table of prices as the database has them. It hears of changes from the table's
 * triggers; while it cannot hear, it reads every second, and every minute otherwise. What cannot be
 * read leaves the table as it was.
 */
public final class TableKeeper implements Notifications.Listener, AutoCloseable {
  /** The triggers' channel; see the migrations. */
  static final String CHANNEL = "tollgate_prices";

  private static final Logger LOG = LoggerFactory.getLogger(TableKeeper.class);
  private static final long DEAF_MS = 500;
  private static final long USUAL_MS = 60_000;

  private final StoredPrices stored;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Semaphore changed = new Semaphore(0);
  private final LongAdder replaced = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final Thread thread;
  private volatile PriceTable table;
  private volatile boolean hears;
  private volatile boolean closed;

  private TableKeeper(
      PriceTable list, StoredPrices stored, Transactions transactions, InstantSource clock) {
    this.table = requireNonNull(list, "list is null");
    this.stored = requireNonNull(stored, "stored is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.thread = Thread.ofPlatform().daemon().name("billing-prices").unstarted(this::run);
  }

  /** Reads the prices, and begins to listen. */
  public static TableKeeper start(
      PriceTable list,
      StoredPrices stored,
      Transactions transactions,
      Notifications notifications,
      InstantSource clock) {
    TableKeeper keeper = new TableKeeper(list, stored, transactions, clock);
    keeper.refresh();
    notifications.subscribe(CHANNEL, keeper);
    keeper.thread.start();
    return keeper;
  }

  public PriceTable table() {
    return table;
  }

  /** Reads them again, one caller at a time: an older reading never takes a newer one's place. */
  public synchronized void refresh() {
    StoredPrices.Loaded loaded = transactions.snapshot(stored::load);
    if (!stored.isCurrent(loaded)) {
      table = table.with(stored.sheets(loaded), loaded.multipliers(), clock);
      stored.made(loaded);
      replaced.increment();
    }
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
        failures.increment();
        if (!closed) {
          LOG.atWarn().setCause(e).log("prices could not be read again; they stay as they were");
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

  public long replaced() {
    return replaced.sum();
  }

  public long failures() {
    return failures.sum();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
