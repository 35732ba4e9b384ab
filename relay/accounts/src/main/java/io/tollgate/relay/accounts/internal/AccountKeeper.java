package io.tollgate.relay.accounts.internal;

import io.tollgate.data.Notifications;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.relay.accounts.AccountsConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps routing and database together, on a thread of its own: reads accounts and health that
 * others have changed, when the database tells of it and from time to time, and writes the health
 * that was learned here, a moment later and each account's once, however often it changed.
 */
public final class AccountKeeper implements AutoCloseable, Notifications.Listener {
  /** What the database's triggers tell on. */
  public static final String CHANNEL = "tollgate_provider_accounts";

  private static final Logger log = LoggerFactory.getLogger(AccountKeeper.class);
  private static final long WRITE_MS = 100;
  // what is told together is read together
  private static final long NEWS_MS = 10;
  private static final int BATCH = 500;
  private static final String EVERYTHING = "*";

  private final Transactions transactions;
  private final LongSupplier nanoTime;
  private final Set<Health> changed = ConcurrentHashMap.newKeySet();
  private final Set<Long> told = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean allTold = new AtomicBoolean();
  private final AtomicBoolean awake = new AtomicBoolean();
  private volatile Runnable news = () -> awake.set(false);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("relay-accounts").factory());

  AccountKeeper(Transactions transactions, LongSupplier nanoTime) {
    this.transactions = transactions;
    this.nanoTime = nanoTime;
  }

  /** Takes health that is to be written; never blocks. */
  void changed(Health health) {
    changed.add(health);
  }

  void start(RouteLoading loading, AccountsConfig config) {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> attempt(loading::all),
            config.reloadMs(),
            config.reloadMs(),
            TimeUnit.MILLISECONDS);
    var _ =
        timer.scheduleWithFixedDelay(
            () -> attempt(() -> turn(loading)), WRITE_MS, WRITE_MS, TimeUnit.MILLISECONDS);
    news =
        () -> {
          awake.set(false);
          attempt(() -> read(loading));
        };
  }

  @Override
  public void notified(String payload) {
    if (payload.equals(EVERYTHING)) {
      allTold.set(true);
    } else {
      try {
        told.add(Long.parseLong(payload));
      } catch (NumberFormatException _) {
        allTold.set(true);
      }
    }
    wake();
  }

  @Override
  public void missed() {
    allTold.set(true);
    wake();
  }

  private void wake() {
    if (awake.compareAndSet(false, true)) {
      try {
        var unused = timer.schedule(() -> news.run(), NEWS_MS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closing) {
        log.atDebug().setCause(closing).log("news of provider accounts came while closing");
      }
    }
  }

  /** Writes what has not been written, as far as that works. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      boolean _ = timer.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    attempt(this::write);
  }

  private void turn(RouteLoading loading) {
    write();
    read(loading);
  }

  /** What was told of. */
  private void read(RouteLoading loading) {
    if (allTold.getAndSet(false)) {
      told.clear();
      loading.all();
    } else if (!told.isEmpty()) {
      List<Long> accounts = List.copyOf(told);
      accounts.forEach(told::remove);
      loading.health(accounts);
    }
  }

  private void write() {
    while (true) {
      List<Health> batch = new ArrayList<>();
      for (Health next : changed) {
        if (batch.size() == BATCH) {
          break;
        }
        // before it is read: what changes from now on is written again
        changed.remove(next);
        batch.add(next);
      }
      if (batch.isEmpty()) {
        return;
      }
      write(batch);
    }
  }

  private void write(List<Health> batch) {
    // in one order, so that two gateways do not wait for each other in a circle
    batch.sort(
        Comparator.comparingLong((Health each) -> each.subject().account())
            .thenComparingLong(each -> each.subject().key()));
    // as it stands now, whatever happens while it is written, also where that is tried twice
    Standing[] standings = batch.stream().map(Health::standing).toArray(Standing[]::new);
    try {
      long[] versions = transactions.write(transaction -> written(transaction, batch, standings));
      for (int i = 0; i < versions.length; i++) {
        batch.get(i).written(standings[i], versions[i]);
      }
    } catch (RuntimeException e) {
      changed.addAll(batch);
      throw e;
    }
  }

  private long[] written(Transaction transaction, List<Health> batch, Standing[] standings) {
    long now = nanoTime.getAsLong();
    long[] versions = new long[standings.length];
    for (int i = 0; i < standings.length; i++) {
      versions[i] = HealthTable.write(transaction, batch.get(i).subject(), standings[i], now);
    }
    return versions;
  }

  private static void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      // what is known so far goes on serving
      log.atWarn().setCause(e).log("provider accounts and their health could not be kept current");
    }
  }
}
