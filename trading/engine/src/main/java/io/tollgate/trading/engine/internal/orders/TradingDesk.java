package io.tollgate.trading.engine.internal.orders;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.ProfitShare;
import io.tollgate.trading.engine.ExchangeAccounts;
import io.tollgate.trading.engine.Signals;
import io.tollgate.trading.engine.execution.OrderBooks;
import io.tollgate.trading.engine.guard.SignalGuards;
import io.tollgate.trading.engine.internal.monitor.StoredMonitor;
import io.tollgate.trading.exchange.Exchanges;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that makes signals into orders and orders into books, put together in one process. */
public final class TradingDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TradingDesk.class);
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(15);
  private static final Duration SIGNALS_EVERY = Duration.ofSeconds(1);
  private static final Duration SYNC_LOOKED_FOR_EVERY = Duration.ofSeconds(5);
  private static final int SYNCED_AT_ONCE = 50;

  private final Transactions transactions;
  private final StoredMonitor monitor;
  private final Lock lookingAtLevels = new ReentrantLock();
  private final StoredBooks books;
  private final OrderRunner runner;
  private final SignalDesk signals;
  private final Signals intake;
  private final LevelWatcher watcher;
  private final AccountSync sync;
  private final ProfitTelling profits;
  private final Times times;

  /**
   * How long things may take.
   *
   * @param signalAge how long after its bar's close a signal is good
   * @param levels how often stops and targets are looked at
   * @param sync how often accounts are compared with their exchanges, unless administrators say
   *     otherwise
   */
  public record Times(Duration signalAge, Duration levels, Duration sync) {
    public Times {
      requireNonNull(signalAge, "signalAge is null");
      requireNonNull(levels, "levels is null");
      requireNonNull(sync, "sync is null");
    }
  }

  /** What it stands on. */
  public record Below(
      Transactions transactions,
      ExchangeAccounts accounts,
      PointCards cards,
      ProfitShare profits,
      Exchanges live,
      Exchanges sandbox) {
    public Below {
      requireNonNull(transactions, "transactions is null");
      requireNonNull(accounts, "accounts is null");
      requireNonNull(cards, "cards is null");
      requireNonNull(profits, "profits is null");
      requireNonNull(live, "live is null");
      requireNonNull(sandbox, "sandbox is null");
    }
  }

  /**
   * @param random unpredictable, and safe for use by many threads
   */
  public TradingDesk(
      Below below, SignalGuards guards, Times times, RandomGenerator random, InstantSource clock) {
    this.times = requireNonNull(times, "times is null");
    this.transactions = below.transactions();
    this.monitor = new StoredMonitor(clock);
    this.books = new StoredBooks(below.transactions(), random, clock);
    OrderBooks rulebook = rulebook();
    AccountDoor door =
        new SealedDoor(below.transactions(), below.accounts(), below.live(), below.sandbox());
    this.runner =
        new OrderRunner(
            books, rulebook, door, new UUID(random.nextLong(), random.nextLong()).toString());
    this.signals =
        new SignalDesk(
            below.transactions(),
            books,
            new SignalDispatch(
                below.transactions(), books, rulebook, door, below.cards(), guards, runner::wake));
    this.intake = new SignalIntake(random, times.signalAge(), clock);
    this.watcher = new LevelWatcher(books, rulebook, door, runner::wake);
    this.sync = new AccountSync(books, rulebook, door);
    this.profits = new ProfitTelling(below.transactions(), below.profits(), clock);
  }

  /** By which the books of an account change, whoever changes them. */
  public static OrderBooks rulebook() {
    return new OrderBooks(LEASE, CLOSE_WITHIN);
  }

  /** Where signals go. */
  public Signals signals() {
    return intake;
  }

  /** What is done again and again, by one process at a time. */
  public List<RecurringJob> jobs() {
    return List.of(
        new RecurringJob("trading.signals", SIGNALS_EVERY, signals::pass),
        new RecurringJob("trading.levels", times.levels(), watcher::pass),
        new RecurringJob("trading.sync", SYNC_LOOKED_FOR_EVERY, this::sync),
        profits.job());
  }

  /** Looks at stops and targets now, unless that is being done for somebody else already. */
  public void lookAtLevels() {
    if (lookingAtLevels.tryLock()) {
      try {
        int _ = watcher.pass();
      } finally {
        lookingAtLevels.unlock();
      }
    }
  }

  /** Has orders placed from now on. */
  public void start() {
    runner.start();
  }

  /** Accounts whose turn it is; one that fails does not stop the others. */
  private void sync() {
    Duration every = transactions.read(monitor::terms).sync().orElse(times.sync());
    for (long account : books.toSync(every, SYNCED_AT_ONCE)) {
      try {
        boolean answered = sync.sync(account);
        books.synced(account, answered ? "" : "the exchange does not answer");
      } catch (RuntimeException e) {
        LOG.warn("account {} cannot be compared with its exchange", account, e);
        books.synced(account, "it cannot be compared: " + e.getClass().getSimpleName());
      }
    }
  }

  @Override
  public void close() {
    runner.close();
  }
}
