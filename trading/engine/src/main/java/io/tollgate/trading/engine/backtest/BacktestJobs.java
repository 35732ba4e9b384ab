package io.tollgate.trading.engine.backtest;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Works backtests off on threads of its own, which come after everything else that wants a
 * processor. What waits, runs and is kept is bounded. Safe for use by many threads.
 *
 * @param <T> what a job brings
 */
public final class BacktestJobs<T> implements AutoCloseable {
  private final int kept;
  private final Supplier<String> ids;
  private final ThreadPoolExecutor executor;
  private final Map<String, BacktestJob<T>> jobs = new LinkedHashMap<>();
  private final Set<BacktestJob<T>> open = ConcurrentHashMap.newKeySet();

  /**
   * @param threads jobs that run at one time
   * @param waiting jobs that wait for their turn; more are refused
   * @param kept jobs that are over and can still be asked for; the oldest are forgotten
   * @param ids makes names that nobody guesses
   */
  public BacktestJobs(int threads, int waiting, int kept, Supplier<String> ids) {
    this.kept = kept;
    this.ids = requireNonNull(ids, "ids is null");
    this.executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform()
                .name("backtest-", 0)
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .factory());
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Hands in work that somebody waits for: it cannot be asked for later.
   *
   * @param bars that it will read in all
   * @throws Refusal {@code UNAVAILABLE} when too many wait
   */
  public BacktestJob<T> submit(long bars, Function<RunControl, T> work) {
    BacktestJob<T> job = new BacktestJob<>(ids.get(), bars);
    open.add(job);
    try {
      executor.execute(
          () -> {
            job.run(work);
            open.remove(job);
          });
    } catch (RejectedExecutionException e) {
      open.remove(job);
      throw new Refusal(ErrorCode.UNAVAILABLE, "too many backtests are waiting", e)
          .withRetryAfter(Duration.ofSeconds(5));
    }
    return job;
  }

  /** The same of work that is asked for by its id. */
  public BacktestJob<T> submitKept(long bars, Function<RunControl, T> work) {
    BacktestJob<T> job = submit(bars, work);
    synchronized (jobs) {
      jobs.put(job.id(), job);
      forgetOldest();
    }
    return job;
  }

  private void forgetOldest() {
    long over = jobs.values().stream().filter(BacktestJob::isOver).count();
    for (Iterator<BacktestJob<T>> rest = jobs.values().iterator();
        over > kept && rest.hasNext(); ) {
      if (rest.next().isOver()) {
        rest.remove();
        over--;
      }
    }
  }

  public Optional<BacktestJob<T>> find(String id) {
    synchronized (jobs) {
      return Optional.ofNullable(jobs.get(id));
    }
  }

  /** Ends all of them. */
  @Override
  public void close() {
    List<Runnable> unused = executor.shutdownNow();
    open.forEach(BacktestJob::cancel);
  }
}
