package io.tollgate.metering.internal.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.internal.meterlog.LogCursor;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.meterlog.LogReader;
import io.tollgate.metering.internal.meterlog.UnsafeStorage;
import io.tollgate.metering.internal.meterlog.WrittenLog;
import io.tollgate.metering.internal.settlement.ModelDatabase.Tables;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import io.tollgate.metering.internal.settlement.SettlementStep.Ended;
import io.tollgate.metering.internal.settlement.SettlementStep.More;
import io.tollgate.metering.internal.settlement.SettlementStep.Stopped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rare ones, which the simulator of whole requests has found. */
class RecoveryFaultsTest {
  private static final String FIRST = "00000001.meterlog";
  private final UnsafeStorage storage = new UnsafeStorage(1);
  private final WrittenLog log = written(storage);
  private final UUID id = log.identity.log();
  private final ModelDatabase database = new ModelDatabase(1, log.identity.ledger());

  RecoveryFaultsTest() {
    database.enter(log.identity, LogCursor.start(id));
  }

  @Test
  void a_log_with_a_torn_header_and_no_record_is_removed() throws Exception {
    byte[] data = storage.read(FIRST);
    Arrays.fill(data, 64, data.length, (byte) 0);
    MemoryShelf shelf =
        new MemoryShelf(log, UnsafeStorage.holding(new TreeMap<>(Map.of(FIRST, data))));

    assertThat(old(shelf).recover()).isEmpty();
    assertThat(shelf.logs()).isEmpty();
  }

  @Test
  void a_log_that_goes_on_where_others_have_ended_it_is_a_fork() throws Exception {
    LogPosition early = log.positions.get(20);
    database.tables = database.tables.with(new LogStanding(id, LogState.ENDED, early, 1));
    OldLogs old = old(new MemoryShelf(log, storage));

    assertThat(old.inspect()).singleElement().isInstanceOf(RecoveryPlan.Forked.class);
    assertThat(old.recover()).isEmpty();
    assertThat(database.find(id).orElseThrow().state()).isEqualTo(LogState.FORKED);
  }

  @Test
  void a_log_that_others_end_while_it_is_written_is_forked() throws Exception {
    LogSettlement running = LogSettlement.live(log.identity, storage, database, database);
    var _ = running.step(20);
    database.tables =
        database.tables.with(new LogStanding(id, LogState.ENDED, running.settled(), 1));

    assertThat(running.compare()).isInstanceOf(More.class);
    assertThat(running.compare())
        .isInstanceOfSatisfying(Stopped.class, stopped -> assertThat(stopped.forked()).isTrue());
    assertThat(database.find(id).orElseThrow().state()).isEqualTo(LogState.FORKED);
  }

  @Test
  void what_a_killed_process_wrote_is_on_disk_before_it_is_settled() throws Exception {
    while (!log.step()) {}
    LogPosition written = log.writer.flush();
    assertThat(old(new MemoryShelf(log, storage)).recover()).hasSize(1);
    storage.cutPower();
    assertThat(LogReader.of(storage).scan(_ -> {}).last()).isEqualTo(written);
  }

  @Test
  void a_log_is_not_ended_in_a_database_that_was_put_back_meanwhile() throws Exception {
    LogSettlement settlement = old(new MemoryShelf(log, storage)).recover().getFirst();
    Tables before = database.tables;
    assertThat(settlement.step(0)).isInstanceOf(More.class);
    assertThat(database.find(id).orElseThrow().position()).isEqualTo(log.positions.getLast());
    database.tables = before;

    assertThat(settlement.step(0)).isInstanceOf(SettlementStep.Moved.class);
    assertThat(LogSettlementTest.toTheEnd(settlement, 0)).isInstanceOf(Ended.class);
    assertThat(database.tables.charges()).isEqualTo(LogSettlementTest.charges(log));
  }

  @Test
  void a_log_that_had_ended_is_settled_again_by_a_database_that_was_put_back() throws Exception {
    OldLogs old = old(new MemoryShelf(log, storage));
    Tables before = database.tables;
    assertThat(LogSettlementTest.toTheEnd(old.recover().getFirst(), 0)).isInstanceOf(Ended.class);
    ForgottenLogs forgotten = new ForgottenLogs(old);
    assertThat(forgotten.find(Set.of())).isEmpty();
    database.tables = before;

    assertThat(forgotten.find(Set.of(id))).isEmpty();
    List<LogSettlement> again = forgotten.find(Set.of());
    assertThat(LogSettlementTest.toTheEnd(again.getFirst(), 0)).isInstanceOf(Ended.class);
    assertThat(database.tables.charges()).isEqualTo(LogSettlementTest.charges(log));
    assertThat(forgotten.find(Set.of())).isEmpty();
  }

  private OldLogs old(MemoryShelf shelf) {
    Circumstances here =
        new Circumstances(
            log.identity.ledger(),
            log.identity.boot(),
            false,
            Instant.parse("2036-01-01T00:00:00Z"));
    return new OldLogs(shelf, database, database, here);
  }

  private static WrittenLog written(UnsafeStorage storage) {
    try {
      return WrittenLog.of(storage, 1, 60);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
