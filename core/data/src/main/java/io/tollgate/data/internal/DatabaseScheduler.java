package io.tollgate.data.internal;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.JobScheduler;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the jobs, each on a thread of its own. */
public final class DatabaseScheduler implements JobScheduler {
  private static final int MAX_JOBS = 100;

  private final Transactions transactions;
  private final ClusterLock lock;
  private final MeterRegistry registry;
  private final WakeSignal stop = new WakeSignal();
  private final Map<String, RecurringJob> jobs = new LinkedHashMap<>();
  private final WorkerThreads workers = new WorkerThreads("job");

  public DatabaseScheduler(Transactions transactions, ClusterLock lock, MeterRegistry registry) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.lock = requireNonNull(lock, "lock is null");
    this.registry = requireNonNull(registry, "registry is null");
  }

  @Override
  public void schedule(RecurringJob job) {
    if (workers.isStarted() || jobs.size() == MAX_JOBS) {
      throw new IllegalStateException(
          "job "
              + job.name()
              + " comes too late, or as one too many (expected: before the start, at most "
              + MAX_JOBS
              + ")");
    }
    if (jobs.putIfAbsent(job.name(), job) != null) {
      throw new IllegalArgumentException("two jobs are called " + job.name());
    }
  }

  public void start() {
    JobTable table = new JobTable(transactions);
    workers.start(
        jobs.values().stream()
            .map(job -> new JobRunner(job, table, lock, stop, registry))
            .toList());
  }

  /** Lets runs under way end, and begins no more. */
  public void stop() {
    stop.close();
    workers.join();
  }
}
