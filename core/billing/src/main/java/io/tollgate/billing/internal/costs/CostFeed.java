package io.tollgate.billing.internal.costs;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.AccountCosts;
import io.tollgate.data.Transactions;
import io.tollgate.metering.AccountCost;
import io.tollgate.metering.AccountCostListener;
import io.tollgate.metering.AccountCostQueries;
import io.tollgate.redis.RedisStore;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the copy in Redis as the books are: every booking's new sums at once, and all of them
 * whenever Redis has come back, as it may have lost something. What cannot be written is not kept
 * to be written later; the whole copy is made again instead.
 */
public final class CostFeed implements AccountCostListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CostFeed.class);
  private static final int MAX_WAITING = 100_000;
  private static final int AT_ONCE = 500;
  private static final int ACCOUNTS_AT_ONCE = 100;
  private static final long RETRY_MS = 1_000;
  private static final long USUAL_MS = 60_000;

  private final RedisStore redis;
  private final Transactions transactions;
  private final AccountCostQueries costs;
  private final InstantSource clock;
  private final Map<Place, AccountCost> waiting = new ConcurrentHashMap<>();
  private final Semaphore something = new Semaphore(0);
  private final LongAdder written = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder rebuilt = new LongAdder();
  private final Thread thread;
  private volatile boolean mayLack = true;
  private volatile boolean closed;

  private record Place(long account, Optional<LocalDate> day) {}

  private CostFeed(
      RedisStore redis, Transactions transactions, AccountCostQueries costs, InstantSource clock) {
    this.redis = requireNonNull(redis, "redis is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.costs = requireNonNull(costs, "costs is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.thread = Thread.ofPlatform().daemon().name("account-costs").unstarted(this::run);
  }

  /** Begins to keep the copy. */
  public static CostFeed start(
      RedisStore redis, Transactions transactions, AccountCostQueries costs, InstantSource clock) {
    CostFeed feed = new CostFeed(redis, transactions, costs, clock);
    redis.onConnected(feed::connected);
    feed.thread.start();
    return feed;
  }

  private void connected() {
    mayLack = true;
    something.release();
  }

  @Override
  public void changed(List<AccountCost> changed) {
    if (waiting.size() > MAX_WAITING) {
      waiting.clear();
      mayLack = true;
    }
    for (AccountCost cost : changed) {
      var _ =
          waiting.merge(
              new Place(cost.account(), cost.day()),
              cost,
              (one, other) -> one.version() >= other.version() ? one : other);
    }
    something.release();
  }

  private void run() {
    while (!closed) {
      try {
        boolean _ = something.tryAcquire(mayLack ? RETRY_MS : USUAL_MS, TimeUnit.MILLISECONDS);
        something.drainPermits();
        if (closed) {
          return;
        }
        if (mayLack) {
          if (redis.isConnected()) {
            rebuild();
          } else {
            waiting.clear();
          }
        }
        writeWaiting();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        failures.increment();
        if (!mayLack && !closed) {
          LOG.atWarn().setCause(e).log("account costs could not be written to Redis");
        }
        mayLack = true;
      }
    }
  }

  /** Writes all sums of all time and of the days that are kept; blocks until they are written. */
  public synchronized void rebuild() {
    mayLack = false;
    try {
      UUID books = books();
      LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      long after = 0;
      while (!closed) {
        long from = after;
        List<Long> accounts = transactions.read(tx -> costs.accounts(tx, from, ACCOUNTS_AT_ONCE));
        if (accounts.isEmpty()) {
          break;
        }
        List<AccountCost> all = new ArrayList<>();
        boolean _ =
            transactions.read(
                tx -> {
                  all.addAll(costs.totals(tx, accounts).values());
                  costs
                      .days(tx, accounts, today.minusDays(AccountCosts.MAX_DAYS), today.plusDays(1))
                      .values()
                      .forEach(all::addAll);
                  return true;
                });
        for (int i = 0; i < all.size(); i += AT_ONCE) {
          write(books, all.subList(i, Math.min(all.size(), i + AT_ONCE)));
        }
        after = accounts.getLast();
      }
      rebuilt.increment();
    } catch (RuntimeException e) {
      mayLack = true;
      throw e;
    }
  }

  private void writeWaiting() {
    if (waiting.isEmpty()) {
      return;
    }
    UUID books = books();
    while (!waiting.isEmpty() && !closed) {
      List<AccountCost> some = new ArrayList<>();
      for (Place place : waiting.keySet()) {
        Optional.ofNullable(waiting.remove(place)).ifPresent(some::add);
        if (some.size() >= AT_ONCE) {
          break;
        }
      }
      write(books, some);
    }
  }

  private UUID books() {
    return transactions.read(costs::books);
  }

  private void write(UUID books, List<AccountCost> some) {
    List<CompletableFuture<Long>> answers = new ArrayList<>();
    for (AccountCost cost : some) {
      answers.add(
          redis
              .run(
                  CostKeys.SET,
                  CostKeys.key(cost.account(), cost.day()),
                  CostKeys.arguments(books, cost))
              .toCompletableFuture());
    }
    for (CompletableFuture<Long> answer : answers) {
      try {
        written.add(answer.join());
      } catch (CompletionException e) {
        throw new IllegalStateException("Redis did not take the cost of an account", e);
      }
    }
  }

  /** States written since the start. */
  public long written() {
    return written.sum();
  }

  /** How often something could not be written since the start. */
  public long failures() {
    return failures.sum();
  }

  /** How often the whole copy was made again since the start. */
  public long rebuilt() {
    return rebuilt.sum();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
