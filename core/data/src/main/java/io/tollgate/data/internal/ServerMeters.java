package io.tollgate.data.internal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.Transactions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import org.jooq.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What PostgreSQL says of itself, asked for beside whoever reads the meters and no oftener than
 * they are read: nobody waits for a server that does not answer, and nobody is asked where nobody
 * looks.
 */
public final class ServerMeters {
  private static final Logger LOG = LoggerFactory.getLogger(ServerMeters.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final String STATISTICS =
      """
      select d.xact_commit, d.xact_rollback, d.blks_hit, d.blks_read, d.deadlocks,
             pg_database_size(d.datname) as bytes,
             coalesce((select extract(epoch from max(clock_timestamp() - a.xact_start))
                         from pg_stat_activity a
                        where a.datname = d.datname and a.pid <> pg_backend_pid()), 0) as oldest,
             case when pg_is_in_recovery() then 0
                  else coalesce((select max(pg_wal_lsn_diff(pg_current_wal_lsn(), r.flush_lsn))
                                   from pg_stat_replication r), 0) end as behind
        from pg_stat_database d
       where d.datname = current_database()""";

  private record Said(
      double commits,
      double rollbacks,
      double hit,
      double read,
      double deadlocks,
      double bytes,
      double oldest,
      double behind) {
    static final Said NOTHING =
        new Said(
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN);

    static Said of(Record row) {
      return new Said(
          number(row, "xact_commit"),
          number(row, "xact_rollback"),
          number(row, "blks_hit"),
          number(row, "blks_read"),
          number(row, "deadlocks"),
          number(row, "bytes"),
          number(row, "oldest"),
          number(row, "behind"));
    }

    private static double number(Record row, String column) {
      Number value = row.get(column, Double.class);
      return value == null ? Double.NaN : value.doubleValue();
    }
  }

  private final Transactions transactions;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Said said = Said.NOTHING;
  private volatile long saidNanos = System.nanoTime() - 2 * FRESH_NANOS;

  public ServerMeters(Transactions transactions, MeterRegistry meters) {
    this.transactions = transactions;
    counter(meters, "commits", "committed transactions of the database", Said::commits);
    counter(meters, "rollbacks", "transactions that were rolled back", Said::rollbacks);
    counter(meters, "blocks.hit", "pages found in memory", Said::hit);
    counter(meters, "blocks.read", "pages read from disk", Said::read);
    counter(meters, "deadlocks", "deadlocks that the server ended", Said::deadlocks);
    gauge(meters, "size.bytes", "size of the database", Said::bytes);
    gauge(meters, "oldest.transaction.seconds", "age of the oldest transaction", Said::oldest);
    gauge(meters, "standby.lag.bytes", "what the furthest standby has not written", Said::behind);
  }

  private void counter(
      MeterRegistry meters, String name, String description, ToDoubleFunction<Said> value) {
    FunctionCounter.builder(
            "tollgate.postgres." + name, this, each -> value.applyAsDouble(each.latest()))
        .description(description)
        .register(meters);
  }

  private void gauge(
      MeterRegistry meters, String name, String description, ToDoubleFunction<Said> value) {
    Gauge.builder("tollgate.postgres." + name, this, each -> value.applyAsDouble(each.latest()))
        .description(description)
        .register(meters);
  }

  /** What is known; asks again beside, where that has grown old. */
  private Said latest() {
    if (System.nanoTime() - saidNanos > FRESH_NANOS && asking.compareAndSet(false, true)) {
      Thread unused = Thread.ofVirtual().name("postgres-statistics").start(this::ask);
    }
    return said;
  }

  private void ask() {
    try {
      said = transactions.read(tx -> Said.of(tx.sql().fetchSingle(STATISTICS)));
    } catch (RuntimeException e) {
      // whoever looks sees that nothing is known
      said = Said.NOTHING;
      LOG.atDebug().setCause(e).log("the database did not tell its statistics");
    } finally {
      saidNanos = System.nanoTime();
      asking.set(false);
    }
  }
}
