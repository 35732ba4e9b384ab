package io.tollgate.metering.internal.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.meterlog.ChangedHeader;
import io.tollgate.metering.internal.meterlog.LogCursor;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.UnsafeStorage;
import io.tollgate.metering.internal.meterlog.WrittenLog;
import io.tollgate.metering.internal.settlement.ModelDatabase.Tables;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Forked;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Resume;
import io.tollgate.metering.internal.settlement.SettlementStep.Ended;
import io.tollgate.metering.internal.settlement.SettlementStep.TakeOverFirst;
import io.tollgate.metering.internal.settlement.TakeOver.OpenIntent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OldLogsTest {
  private static final int HISTORIES = Integer.getInteger("tollgate.settlement.histories", 25);
  private static final Instant NOW = Instant.parse("2036-01-01T00:00:00Z");
  private static final String FIRST = "00000001.meterlog";

  /** A process is killed while it settles; what comes after it fails and is put back as well. */
  @Test
  void every_result_of_a_killed_process_is_booked_once_and_every_open_intent_is_held()
      throws Exception {
    for (long seed = 1; seed <= HISTORIES; seed++) {
      history(seed);
    }
  }

  private static void history(long seed) throws IOException {
    Random random = new Random(seed);
    UnsafeStorage storage = new UnsafeStorage(seed);
    WrittenLog log = new WrittenLog(storage, seed);
    ModelDatabase database = entered(log);
    List<Tables> backups = new ArrayList<>(List.of(database.tables));
    LogSettlement running = LogSettlement.live(log.identity, storage, database, database);
    for (int i = 0; i < 150; i++) {
      log.step();
      if (random.nextInt(10) == 0) {
        var _ = running.step(log.writer.force().sequence());
        backups.add(database.tables);
      }
    }
    log.writer.flush();
    // killed here; its successor may be killed as well, at any step
    database.faultsInTen = random.nextInt(6);
    boolean ended = false;
    for (int life = 0; !ended; life++) {
      assertThat(life).as("seed %d", seed).isLessThan(2_000);
      ended = life(new MemoryShelf(log, storage), database, log, random);
      if (life < 5) {
        backups.add(database.tables);
        if (random.nextInt(3) == 0) {
          database.tables = backups.get(random.nextInt(backups.size()));
          ended = false;
        }
      }
    }

    Tables tables = database.tables;
    assertThat(tables.charges()).as("seed %d", seed).isEqualTo(LogSettlementTest.charges(log));
    assertThat(tables.holds()).as("seed %d", seed).isEqualTo(open(log));
    assertThat(tables.takeOvers()).as("seed %d", seed).hasSize(1);
    assertThat(database.tables.logs().values())
        .extracting(LogStanding::position)
        .containsExactly(log.positions.getLast());
  }

  /** One successor; answers whether the log has ended. */
  private static boolean life(
      MemoryShelf shelf, ModelDatabase database, WrittenLog log, Random random) throws IOException {
    OldLogs old = new OldLogs(shelf, database, database, here(log));
    List<LogSettlement> backlog;
    try {
      backlog = old.recover();
    } catch (RuntimeException e) {
      assertThat(e).isNotInstanceOf(DamagedLog.class);
      return false;
    }
    if (backlog.isEmpty()) {
      return true;
    }
    LogSettlement settlement = backlog.getFirst();
    for (int i = random.nextInt(30); i > 0; i--) {
      SettlementStep step = settlement.step(Long.MAX_VALUE);
      if (step instanceof Ended) {
        return true;
      }
      assertThat(step).isNotInstanceOf(SettlementStep.Stopped.class);
    }
    return false;
  }

  @Test
  void the_plan_frees_all_but_what_unsettled_results_take() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(1);
    WrittenLog log = WrittenLog.of(storage, 1, 60);
    ModelDatabase database = entered(log);
    LogSettlement running = LogSettlement.live(log.identity, storage, database, database);
    var _ = running.step(30);
    LogPosition settled = running.settled();

    TakeOver takeOver = resume(log, storage, database, here(log)).takeOver();

    Map<Long, Long> expected = new TreeMap<>();
    for (int i = 0; i < log.records.size(); i++) {
      if (i + 1 > settled.sequence() && log.records.get(i) instanceof LogRecord.Result result) {
        result
            .taken()
            .forEach(leg -> expected.merge(leg.account().value(), leg.units(), Long::sum));
      }
    }
    Map<Long, Long> found = new TreeMap<>();
    takeOver.unsettled().forEach(leg -> found.put(leg.account().value(), leg.units()));
    assertThat(found).isNotEmpty().isEqualTo(expected);
    assertThat(takeOver.position()).isEqualTo(settled);
    assertThat(takeOver.loss()).isEmpty();
  }

  @Test
  void after_another_boot_a_loss_is_noted_unless_all_was_on_disk_or_closed() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(2);
    WrittenLog log = WrittenLog.of(storage, 2, 40);
    ModelDatabase database = entered(log);
    Circumstances rebooted = new Circumstances(log.identity.ledger(), new UUID(7, 7), false, NOW);
    Circumstances onDisk = new Circumstances(log.identity.ledger(), new UUID(7, 7), true, NOW);

    assertThat(resume(log, storage, database, rebooted).takeOver().loss())
        .hasValueSatisfying(
            loss -> {
              assertThat(loss.from()).isEqualTo(log.records.getLast().at());
              assertThat(loss.to()).isEqualTo(NOW);
            });
    assertThat(resume(log, storage, database, onDisk).takeOver().loss()).isEmpty();
    log.close();
    assertThat(resume(log, storage, database, rebooted).takeOver().loss()).isEmpty();
  }

  @Test
  void after_a_power_cut_what_was_forced_and_settled_is_never_called_damaged() throws Exception {
    for (long seed = 1; seed <= HISTORIES; seed++) {
      UnsafeStorage storage = new UnsafeStorage(seed);
      WrittenLog log = new WrittenLog(storage, seed);
      ModelDatabase database = entered(log);
      LogSettlement running = LogSettlement.live(log.identity, storage, database, database);
      Random random = new Random(seed);
      for (int i = 0; i < 120; i++) {
        log.step();
        if (random.nextInt(12) == 0) {
          var _ = running.step(log.writer.force().sequence());
        }
        if (random.nextInt(5) == 0) {
          log.writer.flush();
        }
      }
      List<SettledCharge> before = database.tables.charges();
      storage.cutPower();
      Circumstances rebooted = new Circumstances(log.identity.ledger(), new UUID(7, 7), false, NOW);

      List<LogSettlement> backlog =
          new OldLogs(new MemoryShelf(log, storage), database, database, rebooted).recover();
      backlog.forEach(
          settlement ->
              assertThat(LogSettlementTest.toTheEnd(settlement, Long.MAX_VALUE))
                  .isInstanceOf(Ended.class));

      assertThat(database.tables.takeOvers().getFirst().loss()).as("seed %d", seed).isPresent();
      List<SettledCharge> after = database.tables.charges();
      assertThat(after.subList(0, before.size())).isEqualTo(before);
      assertThat(after).isEqualTo(LogSettlementTest.charges(log).subList(0, after.size()));
    }
  }

  @Test
  void a_log_that_ends_before_what_is_settled_stops_the_start_and_touches_nothing()
      throws Exception {
    UnsafeStorage storage = new UnsafeStorage(3);
    WrittenLog log = WrittenLog.of(storage, 3, 20);
    ModelDatabase database = entered(log);
    LogSettlement running = LogSettlement.live(log.identity, storage, database, database);
    var _ = running.step(log.writer.onDisk());
    TreeMap<String, byte[]> cut = storage.snapshot();
    byte[] data = storage.read(FIRST);
    Arrays.fill(data, 1_000, data.length, (byte) 0);
    cut.put(FIRST, data);
    OldLogs old =
        new OldLogs(
            new MemoryShelf(log, UnsafeStorage.holding(cut)), database, database, here(log));
    Tables before = database.tables;

    assertThatThrownBy(old::recover)
        .isInstanceOf(DamagedLog.class)
        .hasMessageContaining("log " + log.identity.log() + " is settled to ")
        .hasMessageContaining("Put its files back");
    assertThat(database.tables).isEqualTo(before);
  }

  @Test
  void records_after_a_hole_that_was_never_on_disk_are_kept() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(4);
    WrittenLog log = new WrittenLog(storage, 4);
    for (int i = 0; i < 10; i++) {
      log.step();
    }
    log.writer.flush();
    TreeMap<String, byte[]> damaged = storage.snapshot();
    byte[] data = storage.read(FIRST);
    data[600] ^= 1;
    damaged.put(FIRST, data);
    ModelDatabase database = entered(log);

    TakeOver takeOver = resume(log, UnsafeStorage.holding(damaged), database, here(log)).takeOver();

    assertThat(takeOver.rest()).isNotEmpty();
    assertThat(takeOver.loss())
        .hasValueSatisfying(loss -> assertThat(loss.why()).startsWith("hole: record "));
  }

  @Test
  void a_log_of_another_ledger_or_of_another_name_is_refused() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(5);
    WrittenLog log = WrittenLog.of(storage, 5, 20);
    ModelDatabase database = new ModelDatabase(5, new UUID(1, 1));
    Circumstances other = new Circumstances(new UUID(1, 1), log.identity.boot(), false, NOW);

    assertThatThrownBy(
            () -> new OldLogs(new MemoryShelf(log, storage), database, database, other).recover())
        .isInstanceOf(DamagedLog.class)
        .hasMessageContaining("was written for another ledger");
    assertThat(RecoveryPlanner.plan(new UUID(2, 2), storage, Optional.empty(), here(log)))
        .isInstanceOf(RecoveryPlan.Damaged.class);
  }

  @Test
  void a_log_of_another_build_stops_the_start_saying_which_build_settles_it() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(5);
    WrittenLog log = WrittenLog.of(storage, 5, 20);
    TreeMap<String, byte[]> older = storage.snapshot();
    older.put(FIRST, ChangedHeader.ofVersion(1, storage.read(FIRST)));
    ModelDatabase database = entered(log);
    Tables before = database.tables;

    assertThatThrownBy(
            new OldLogs(
                    new MemoryShelf(log, UnsafeStorage.holding(older)),
                    database,
                    database,
                    here(log))
                ::recover)
        .isInstanceOf(DamagedLog.class)
        .hasMessageContaining("log " + log.identity.log() + " was written by another build: ")
        .hasMessageContaining("version 1 (expected: 2)")
        .hasMessageContaining("Start that build on the data directory once and stop it");
    assertThat(database.tables).isEqualTo(before);
  }

  @Test
  void a_log_that_was_never_written_to_is_removed() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(6);
    WrittenLog log = WrittenLog.of(new UnsafeStorage(7), 7, 1);
    try (var _ = storage.allocate(FIRST, 4_096)) {
      MemoryShelf shelf = new MemoryShelf(log, storage);
      ModelDatabase database = new ModelDatabase(6, log.identity.ledger());

      assertThat(new OldLogs(shelf, database, database, here(log)).recover()).isEmpty();
      assertThat(shelf.logs()).isEmpty();
    }
  }

  @Test
  void a_place_that_is_not_of_the_log_is_a_fork_and_the_start_goes_on() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(8);
    WrittenLog log = WrittenLog.of(storage, 8, 40);
    ModelDatabase database = entered(log);
    database.tables =
        database.tables.with(
            new LogStanding(log.identity.log(), LogState.OPEN, new LogPosition(7, 7), 1));
    MemoryShelf shelf = new MemoryShelf(log, storage);
    OldLogs old = new OldLogs(shelf, database, database, here(log));

    assertThat(old.inspect().getFirst()).isInstanceOf(Forked.class);
    assertThat(old.recover()).isEmpty();
    assertThat(database.find(log.identity.log()).orElseThrow().state()).isEqualTo(LogState.FORKED);
    assertThat(shelf.logs()).hasSize(1);
  }

  @Test
  void a_log_that_was_given_up_is_taken_over_for_what_it_left_in_doubt_and_settled()
      throws Exception {
    UnsafeStorage storage = new UnsafeStorage(9);
    WrittenLog log = WrittenLog.of(storage, 9, 60);
    ModelDatabase database = entered(log);
    database.state(log.identity.log(), LogState.LOST);

    List<LogSettlement> backlog =
        new OldLogs(new MemoryShelf(log, storage), database, database, here(log)).recover();

    assertThat(LogSettlementTest.toTheEnd(backlog.getFirst(), 0)).isInstanceOf(Ended.class);
    assertThat(database.tables.charges()).isEqualTo(LogSettlementTest.charges(log));
    assertThat(database.tables.takeOvers()).hasSize(1);
  }

  @Test
  void a_database_put_back_while_the_backlog_settles_asks_for_the_take_over_first()
      throws Exception {
    UnsafeStorage storage = new UnsafeStorage(10);
    WrittenLog log = WrittenLog.of(storage, 10, 60);
    ModelDatabase database = entered(log);
    Tables before = database.tables;
    OldLogs old = new OldLogs(new MemoryShelf(log, storage), database, database, here(log));
    LogSettlement settlement = old.recover().getFirst();
    database.tables = before;

    assertThat(settlement.compare()).isInstanceOf(TakeOverFirst.class);
    LogSettlement again = old.again(log.identity.log()).orElseThrow();
    assertThat(LogSettlementTest.toTheEnd(again, 0)).isInstanceOf(Ended.class);
    assertThat(database.tables.charges()).isEqualTo(LogSettlementTest.charges(log));
  }

  private static Resume resume(
      WrittenLog log, UnsafeStorage storage, ModelDatabase database, Circumstances circumstances)
      throws IOException {
    RecoveryPlan plan =
        RecoveryPlanner.plan(
            log.identity.log(), storage, database.find(log.identity.log()), circumstances);
    assertThat(plan).isInstanceOf(Resume.class);
    return (Resume) plan;
  }

  private static Circumstances here(WrittenLog log) {
    return new Circumstances(log.identity.ledger(), log.identity.boot(), false, NOW);
  }

  private static ModelDatabase entered(WrittenLog log) {
    ModelDatabase database = new ModelDatabase(1, log.identity.ledger());
    database.enter(log.identity, LogCursor.start(log.identity.log()));
    return database;
  }

  /** Intents without result, with the latest that is known of them. */
  private static Map<ChargeId, OpenIntent> open(WrittenLog log) {
    Map<ChargeId, OpenIntent> open = new HashMap<>();
    Set<ChargeId> ended = new HashSet<>();
    for (LogRecord record : log.records) {
      switch (record) {
        case LogRecord.Intent intent ->
            open.put(intent.charge(), new OpenIntent(intent, TokenUsage.NONE, intent.legs()));
        case LogRecord.Progress progress -> {
          OpenIntent before = open.get(progress.charge());
          assertThat(before).isNotNull();
          open.put(
              progress.charge(),
              new OpenIntent(before.intent(), progress.usage(), progress.legs()));
        }
        case LogRecord.Result result -> ended.add(result.charge());
        case LogRecord.Close _ -> {}
      }
    }
    open.keySet().removeAll(ended);
    return open;
  }
}
