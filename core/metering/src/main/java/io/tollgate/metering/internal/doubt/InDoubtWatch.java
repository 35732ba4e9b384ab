package io.tollgate.metering.internal.doubt;

import io.tollgate.data.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jooq.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves requests in doubt by their tenants' rules, at the start and every few seconds: logs are
 * also taken over, and imported, while this process runs. Keeps in sight how many wait, and since
 * when.
 */
public final class InDoubtWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InDoubtWatch.class);
  private static final long PERIOD_SECONDS = 10;

  private static final String WAITING =
      """
      SELECT count(*) AS waiting, min(p.opened_at) AS oldest
        FROM metering.passage p
        LEFT JOIN metering.incarnation i ON i.id = p.incarnation
       WHERE p.in_doubt_since IS NOT NULL OR i.ended_at IS NOT NULL
      """;

  private final Transactions transactions;
  private final DoubtRecovery recovery;
  private final Clock clock;
  private final ScheduledExecutorService thread;
  private volatile Seen seen = new Seen(0, Optional.empty());

  private record Seen(long waiting, Optional<Instant> oldest) {}

  private InDoubtWatch(Transactions transactions, DoubtRecovery recovery, Clock clock) {
    this.transactions = transactions;
    this.recovery = recovery;
    this.clock = clock;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("metering-in-doubt").daemon().factory());
  }

  public static InDoubtWatch start(Transactions transactions, DoubtRecovery recovery, Clock clock) {
    InDoubtWatch watch = new InDoubtWatch(transactions, recovery, clock);
    var unused =
        watch.thread.scheduleWithFixedDelay(watch::look, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
    return watch;
  }

  /** How many requests are in doubt, by all processes. */
  public long waiting() {
    return seen.waiting();
  }

  /** How long ago the oldest of them began; zero when there is none. */
  public Duration oldest() {
    Duration age =
        seen.oldest().map(at -> Duration.between(at, clock.instant())).orElse(Duration.ZERO);
    return age.isNegative() ? Duration.ZERO : age;
  }

  private void look() {
    try {
      var _ = recovery.run();
      Record row = transactions.read(transaction -> transaction.sql().fetchSingle(WAITING));
      seen =
          new Seen(
              row.get("waiting", long.class),
              Optional.ofNullable(row.get("oldest", Instant.class)));
    } catch (RuntimeException e) {
      LOG.warn("requests in doubt could not be looked at; they are again in a moment", e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
