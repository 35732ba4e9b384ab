package io.tollgate.trading.engine.internal.orders;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.execution.OrderBooks;
import io.tollgate.trading.engine.execution.StaleClaim;
import io.tollgate.trading.engine.execution.TaskId;
import io.tollgate.trading.engine.execution.TradedOrder;
import io.tollgate.trading.exchange.TradingAccount;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has orders placed and followed, of accounts that no node trades for. Several processes may: each
 * order is claimed by one of them at a time, and of one that dies the orders are taken over when
 * its claims end.
 */
public final class OrderRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OrderRunner.class);
  private static final int AT_ONCE = 64;
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration END_WITHIN = Duration.ofSeconds(25);

  private final StoredBooks stored;
  private final OrderBooks books;
  private final AccountDoor door;
  private final String name;
  private final Set<TaskId> working = ConcurrentHashMap.newKeySet();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Semaphore woken = new Semaphore(0);

  /**
   * @param name of this process, unlike that of any other and of any before
   */
  OrderRunner(StoredBooks stored, OrderBooks books, AccountDoor door, String name) {
    this.stored = requireNonNull(stored, "stored is null");
    this.books = requireNonNull(books, "books is null");
    this.door = requireNonNull(door, "door is null");
    this.name = requireNonNull(name, "name is null");
  }

  /** Looks for orders until it is closed. */
  void start() {
    var _ = threads.submit(this::loop);
  }

  /** There may be something to do: looked for soon. */
  void wake() {
    woken.release();
  }

  private void loop() {
    while (!closed.get()) {
      try {
        int _ = pass();
        if (woken.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
          int _ = woken.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("orders cannot be looked for", e);
      }
    }
  }

  /** Sets to work on what is due; says how much that was. */
  int pass() throws InterruptedException {
    List<StoredBooks.Due> due = stored.due(AT_ONCE);
    int begun = 0;
    for (StoredBooks.Due each : due) {
      if (working.add(each.task())) {
        free.acquire();
        begun++;
        var _ =
            threads.submit(
                () -> {
                  try {
                    work(each);
                  } catch (StaleClaim e) {
                    LOG.info("order {} is another's: {}", each.task(), e.getMessage());
                  } catch (RuntimeException e) {
                    LOG.warn("order {} is left for later", each.task(), e);
                  } finally {
                    free.release();
                    boolean _ = working.remove(each.task());
                  }
                });
      }
    }
    return begun;
  }

  private void work(StoredBooks.Due due) {
    Optional<TradedOrder> claimed =
        stored.change(due.account(), tables -> books.claim(tables, due.task(), name, stored.now()));
    if (claimed.isEmpty()) {
      return;
    }
    BookedAccount account = stored.account(due.account());
    try (TradingAccount trading = door.open(account)) {
      FillReading fills = new FillReading(door.market(account));
      new OrderRun(stored, books, account, trading, fills, claimed.get()).run();
    }
  }

  /** How many orders it works on. */
  int working() {
    return working.size();
  }

  /** Begins nothing more; what cannot end in time is taken over by whoever comes next. */
  @Override
  public void close() {
    closed.set(true);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        List<Runnable> _ = threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      List<Runnable> _ = threads.shutdownNow();
    }
  }
}
