package io.tollgate.data.internal;

import io.tollgate.data.DatabaseClock;
import io.tollgate.data.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the clock of a process with the database's: asks every few seconds, until stopped. */
public final class ClockContact {
  private static final Logger LOG = LoggerFactory.getLogger(ClockContact.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final WakeSignal stop = new WakeSignal();
  private final WorkerThreads worker = new WorkerThreads("database-clock");
  private final DatabaseClock clock;

  public ClockContact(Transactions transactions) {
    this.clock = new DatabaseClock(() -> now(transactions), System::nanoTime);
  }

  public DatabaseClock clock() {
    return clock;
  }

  public void start() {
    worker.start(List.of(this::run));
  }

  public void stop() {
    stop.close();
    worker.join();
  }

  private void run() {
    boolean answers = true;
    while (!stop.isClosed()) {
      stop.await(stop.count(), EVERY);
      try {
        if (!stop.isClosed()) {
          clock.contact();
          answers = true;
        }
      } catch (RuntimeException e) {
        // the time goes on by itself
        if (answers) {
          LOG.atWarn().setCause(e).log("the database did not say what time it is");
        }
        answers = false;
      }
    }
  }

  private static Instant now(Transactions transactions) {
    return transactions.read(
        transaction ->
            transaction
                .sql()
                .select(DSL.field("clock_timestamp()", SQLDataType.INSTANT))
                .fetchSingle()
                .value1());
  }
}
