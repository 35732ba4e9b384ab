package io.tollgate.metering.internal.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.metering.internal.meterlog.FileLogShelf;
import io.tollgate.metering.internal.meterlog.LogCursor;
import io.tollgate.metering.internal.meterlog.LogShelf;
import io.tollgate.metering.internal.meterlog.UnsafeStorage;
import io.tollgate.metering.internal.meterlog.WrittenLog;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlementDriverTest {
  private static final UUID LEDGER = new UUID(1, 2);
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ModelDatabase database = new ModelDatabase(1, LEDGER);
  private final Clock clock = Clock.fixed(Instant.parse("2086-01-01T00:00:00Z"), ZoneOffset.UTC);
  private final BlockingQueue<RuntimeException> fatal = new LinkedBlockingQueue<>();

  @Test
  void a_running_log_and_the_one_before_it_are_settled_and_ended(@TempDir Path data)
      throws Exception {
    LogShelf shelf = FileLogShelf.of(data);
    WrittenLog killed = begin(shelf, 1, 300);
    OldLogs old = old(shelf);
    SettlementDriver driver = new SettlementDriver(old, clock, DAY, fatal::add);
    driver.start(old.recover());
    WrittenLog log = begin(shelf, 2, 0);
    driver.add(live(shelf, log), log.writer);
    for (int i = 0; i < 200; i++) {
      log.step();
    }
    driver.poke();

    await().atMost(LONG).until(() -> driver.backlogRecords() == 0);
    log.finishAll();
    log.close();
    assertThat(driver.stop(LONG)).isTrue();

    assertThat(fatal).isEmpty();
    assertThat(driver.unsettledRecords()).isZero();
    assertThat(driver.oldestUnsettled()).isZero();
    for (WrittenLog one : List.of(killed, log)) {
      assertThat(database.find(one.identity.log()).orElseThrow().state()).isEqualTo(LogState.ENDED);
      assertThat(database.tables.charges()).containsAll(LogSettlementTest.charges(one));
    }
    assertThat(shelf.logs()).hasSize(2);
    old.tidy(clock.instant(), Set.of());
    assertThat(shelf.logs()).isEmpty();
  }

  @Test
  void a_database_that_is_away_shows_as_lag_and_is_waited_for(@TempDir Path data) throws Exception {
    LogShelf shelf = FileLogShelf.of(data);
    SettlementDriver driver = new SettlementDriver(old(shelf), clock, DAY, fatal::add);
    driver.start(List.of());
    WrittenLog log = begin(shelf, 3, 0);
    database.faultsInTen = 10;
    driver.add(live(shelf, log), log.writer);
    for (int i = 0; i < 50; i++) {
      log.step();
    }
    log.finishAll();

    await().atMost(LONG).until(() -> !driver.oldestUnsettled().isZero());
    database.faultsInTen = 0;
    await()
        .atMost(LONG)
        .until(() -> driver.unsettledRecords() == 0 && driver.oldestUnsettled().isZero());

    log.close();
    assertThat(driver.stop(LONG)).isTrue();
    assertThat(fatal).isEmpty();
  }

  @Test
  void a_log_that_a_copy_wrote_to_ends_the_process(@TempDir Path data) throws Exception {
    LogShelf shelf = FileLogShelf.of(data);
    SettlementDriver driver = new SettlementDriver(old(shelf), clock, DAY, fatal::add);
    driver.start(List.of());
    WrittenLog log = begin(shelf, 4, 100);
    UnsafeStorage elsewhere = new UnsafeStorage(4);
    WrittenLog copy = new WrittenLog(elsewhere, 4, LEDGER);
    for (int i = 0; i < 300; i++) {
      copy.step();
    }
    copy.writer.force();
    LogSettlement ahead = LogSettlement.live(copy.identity, elsewhere, database, database);
    var _ = ahead.step(copy.writer.onDisk());

    driver.add(live(shelf, log), log.writer);

    await().atMost(LONG).until(() -> !fatal.isEmpty());
    assertThat(database.find(log.identity.log()).orElseThrow().state()).isEqualTo(LogState.FORKED);
    assertThat(driver.stop(LONG)).isTrue();
  }

  private OldLogs old(LogShelf shelf) {
    return new OldLogs(
        shelf,
        database,
        database,
        new Circumstances(LEDGER, new UUID(3, 4), false, clock.instant()));
  }

  private LogSettlement live(LogShelf shelf, WrittenLog log) throws Exception {
    return LogSettlement.live(log.identity, shelf.log(log.identity.log()), database, database);
  }

  private WrittenLog begin(LogShelf shelf, long seed, int records) throws Exception {
    UUID id = WrittenLog.identity(seed).log();
    WrittenLog log = new WrittenLog(shelf.log(id), seed, LEDGER);
    for (int i = 0; i < records; i++) {
      log.step();
    }
    log.writer.force();
    database.enter(log.identity, LogCursor.start(id));
    return log;
  }
}
