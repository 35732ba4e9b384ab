package io.tollgate.data.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tollgate.data.RecurringJob;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one job whenever it is due and no other process runs it, until stopped. */
final class JobRunner implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final Duration LEAST_WAIT = Duration.ofMillis(5);
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

  /** Bounds how late a run is when another process that had it ends. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private final RecurringJob job;
  private final JobTable table;
  private final ClusterLock lock;
  private final WakeSignal stop;
  private final Timer done;
  private final Timer failed;

  /** The last run was its own, and the next is due by now unless another process was first. */
  private boolean expectsDue;

  JobRunner(
      RecurringJob job, JobTable table, ClusterLock lock, WakeSignal stop, MeterRegistry registry) {
    this.job = job;
    this.table = table;
    this.lock = lock;
    this.stop = stop;
    this.done = timer(registry, "done");
    this.failed = timer(registry, "failed");
  }

  @Override
  public void run() {
    boolean registered = false;
    while (!stop.isClosed()) {
      Duration wait;
      try {
        if (!registered) {
          table.register(job.name());
          registered = true;
        }
        wait = runIfDue();
      } catch (RuntimeException e) {
        // the work's own faults are handled where it runs; this is the database
        LOG.warn("job {}: the database does not answer", job.name(), e);
        wait = AFTER_TROUBLE;
      }
      stop.await(stop.count(), wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait);
    }
  }

  /** Runs the job if its time has come; says how long to wait before looking again. */
  private Duration runIfDue() {
    if (!expectsDue) {
      Duration until = table.untilDue(job.name());
      if (until.isPositive()) {
        return until;
      }
    }
    expectsDue = false;
    long startedAt;
    try (ClusterLock.Held held = lock.tryTake("job:" + job.name()).orElse(null)) {
      if (held == null) {
        return shorter(job.interval(), AFTER_TROUBLE);
      }
      startedAt = System.nanoTime();
      // another process may have run it meanwhile
      if (stop.isClosed() || !table.startIfDue(job.name(), job.interval())) {
        return LEAST_WAIT;
      }
      work();
    }
    return untilNext(job.interval().minusNanos(System.nanoTime() - startedAt));
  }

  /** When the next run is due is known after one of its own: it need not be looked up. */
  private Duration untilNext(Duration left) {
    if (left.compareTo(MAX_WAIT) > 0) {
      return MAX_WAIT;
    }
    expectsDue = true;
    Duration wait = left.plus(LEAST_WAIT);
    return wait.isPositive() ? wait : LEAST_WAIT;
  }

  private void work() {
    long startedAt = System.nanoTime();
    try {
      job.work().run();
      done.record(Duration.ofNanos(System.nanoTime() - startedAt));
      table.ended(job.name());
    } catch (RuntimeException e) {
      failed.record(Duration.ofNanos(System.nanoTime() - startedAt));
      LOG.error("job {} failed; again after {}", job.name(), job.interval(), e);
      table.failed(job.name(), e.getClass().getName());
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Timer timer(MeterRegistry registry, String outcome) {
    return Timer.builder("tollgate.job")
        .description("runs of recurring jobs by this process")
        .tag("job", job.name())
        .tag("outcome", outcome)
        .register(registry);
  }
}
