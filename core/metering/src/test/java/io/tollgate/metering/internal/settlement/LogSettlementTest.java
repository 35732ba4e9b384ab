package io.tollgate.metering.internal.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.meterlog.LogCursor;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.UnsafeStorage;
import io.tollgate.metering.internal.meterlog.WrittenLog;
import io.tollgate.metering.internal.settlement.ModelDatabase.Tables;
import io.tollgate.metering.internal.settlement.SettlementStep.Ended;
import io.tollgate.metering.internal.settlement.SettlementStep.Idle;
import io.tollgate.metering.internal.settlement.SettlementStep.Moved;
import io.tollgate.metering.internal.settlement.SettlementStep.Stopped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LogSettlementTest {
  private static final int HISTORIES = Integer.getInteger("tollgate.settlement.histories", 25);

  /** Answers are lost, transactions fail, and the database is put back again and again. */
  @Test
  void every_result_is_booked_once_whatever_happens_to_the_database() throws Exception {
    for (long seed = 1; seed <= HISTORIES; seed++) {
      history(seed);
    }
  }

  private static void history(long seed) throws IOException {
    Random random = new Random(seed);
    UnsafeStorage storage = new UnsafeStorage(seed);
    WrittenLog log = new WrittenLog(storage, seed);
    ModelDatabase database = new ModelDatabase(seed, log.identity.ledger());
    LogSettlement settlement = LogSettlement.live(log.identity, storage, database, database);
    List<Tables> backups = new ArrayList<>(List.of(database.tables));
    Set<ChargeId> poison = database.poison;
    database.faultsInTen = random.nextInt(6);
    for (int i = 0; i < 400; i++) {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> {
          var _ = settlement.step(log.writer.force().sequence());
        }
        case 3 -> {
          var _ = settlement.compare();
        }
        case 4 -> backups.add(database.tables);
        case 5 -> {
          if (random.nextInt(5) == 0) {
            database.tables = backups.get(random.nextInt(backups.size()));
          }
        }
        default -> {
          log.step();
          if (random.nextInt(20) == 0 && log.records.getLast() instanceof LogRecord.Intent intent) {
            poison.add(intent.charge());
          }
        }
      }
    }
    log.finishAll();
    log.close();
    SettlementStep end = toTheEnd(settlement, log.writer.onDisk());

    assertThat(end).as("seed %d", seed).isInstanceOf(Ended.class);
    Tables tables = database.tables;
    LogStanding standing = tables.logs().get(log.identity.log());
    assertThat(standing).isNotNull();
    assertThat(standing.state()).as("seed %d", seed).isEqualTo(LogState.ENDED);
    assertThat(standing.position()).isEqualTo(log.positions.getLast());
    // a charge that only failed by chance several times may be kept aside as well
    List<SettledCharge> all = new ArrayList<>(tables.charges());
    all.addAll(tables.exceptions());
    all.sort((a, b) -> Long.compare(a.sequence(), b.sequence()));
    assertThat(all).as("seed %d", seed).isEqualTo(charges(log));
    assertThat(tables.charges())
        .as("seed %d", seed)
        .noneMatch(charge -> poison.contains(charge.result().charge()));
  }

  @Test
  void what_is_not_on_disk_is_not_settled() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(1);
    WrittenLog log = WrittenLog.of(storage, 1, 100);
    ModelDatabase database = entered(log);
    LogSettlement settlement = live(log, storage, database);
    log.finishAll();
    log.writer.flush();

    rest(settlement, 60);

    assertThat(database.tables.charges()).isNotEmpty().allMatch(charge -> charge.sequence() <= 60);
  }

  @Test
  void the_segment_of_the_oldest_open_intent_stays_needed() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(2);
    WrittenLog log = new WrittenLog(storage, 2);
    ModelDatabase database = entered(log);
    LogSettlement settlement = live(log, storage, database);
    log.step();
    ChargeId first = ((LogRecord.Intent) log.records.getFirst()).charge();
    while (log.writer.segmentNumber() < 4) {
      log.step();
    }
    boolean ended =
        log.records.stream()
            .anyMatch(
                record ->
                    record instanceof LogRecord.Result result && result.charge().equals(first));
    rest(settlement, log.writer.force().sequence());

    assertThat(settlement.segment()).isEqualTo(ended ? settlement.segment() : 1);
    log.finishAll();
    rest(settlement, log.writer.force().sequence());
    assertThat(settlement.segment()).isEqualTo(log.writer.segmentNumber());
  }

  @Test
  void a_database_that_stands_where_the_log_never_was_is_a_fork() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(3);
    WrittenLog log = WrittenLog.of(storage, 3, 100);
    ModelDatabase database = entered(log);
    LogSettlement settlement = live(log, storage, database);
    rest(settlement, 40);
    LogStanding standing = standing(database, log);
    LogPosition place = standing.position();
    database.tables =
        database.tables.with(
            new LogStanding(
                standing.log(),
                LogState.OPEN,
                new LogPosition(place.sequence(), place.chain() ^ 1),
                1));

    SettlementStep step = toTheEnd(settlement, log.writer.onDisk());

    assertThat(step).isInstanceOfSatisfying(Stopped.class, s -> assertThat(s.forked()).isTrue());
    assertThat(standing(database, log).state()).isEqualTo(LogState.FORKED);
  }

  @Test
  void a_database_that_is_ahead_of_the_log_is_a_fork() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(4);
    WrittenLog log = WrittenLog.of(storage, 4, 100);
    ModelDatabase database = entered(log);
    LogSettlement one = live(log, storage, database);
    LogSettlement copy = live(log, storage, database);
    rest(one, log.writer.onDisk());

    SettlementStep step = toTheEnd(copy, 50);

    assertThat(step).isInstanceOfSatisfying(Stopped.class, s -> assertThat(s.forked()).isTrue());
  }

  @Test
  void two_that_settle_the_same_log_book_each_charge_once() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(5);
    WrittenLog log = new WrittenLog(storage, 5);
    ModelDatabase database = entered(log);
    LogSettlement one = live(log, storage, database);
    LogSettlement other = live(log, storage, database);
    for (int i = 0; i < 50; i++) {
      log.step();
      log.step();
      long through = log.writer.force().sequence();
      rest(i % 2 == 0 ? one : other, through);
    }
    log.finishAll();
    rest(one, log.writer.force().sequence());

    assertThat(database.tables.charges()).isEqualTo(charges(log));
  }

  @Test
  void another_ledger_gets_nothing() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(6);
    WrittenLog log = WrittenLog.of(storage, 6, 100);
    ModelDatabase database = new ModelDatabase(6, new UUID(1, 1));
    LogSettlement settlement = live(log, storage, database);

    assertThat(toTheEnd(settlement, log.writer.onDisk()))
        .isInstanceOfSatisfying(
            Stopped.class, s -> assertThat(s.why()).contains("expected: " + new UUID(1, 1)));
    assertThat(database.tables.logs()).isEmpty();
  }

  @Test
  void released_segments_of_a_database_put_back_before_are_said_to_be_gone() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(7);
    WrittenLog log = WrittenLog.of(storage, 7, 200);
    ModelDatabase database = entered(log);
    Tables before = database.tables;
    LogSettlement settlement = live(log, storage, database);
    rest(settlement, log.writer.onDisk());
    storage.delete("00000001.meterlog");
    database.tables = before;

    assertThat(settlement.compare()).isInstanceOf(Moved.class);
    assertThat(settlement.step(log.writer.onDisk()))
        .isInstanceOfSatisfying(
            Stopped.class,
            s -> {
              assertThat(s.forked()).isFalse();
              assertThat(s.why()).contains("00000001.meterlog is missing");
            });
  }

  private static LogSettlement live(WrittenLog log, UnsafeStorage storage, ModelDatabase database) {
    return LogSettlement.live(log.identity, storage, database, database);
  }

  private static ModelDatabase entered(WrittenLog log) {
    ModelDatabase database = new ModelDatabase(1, log.identity.ledger());
    database.enter(log.identity, start(log));
    return database;
  }

  private static LogPosition start(WrittenLog log) {
    return LogCursor.start(log.identity.log());
  }

  private static LogStanding standing(ModelDatabase database, WrittenLog log) {
    return database.find(log.identity.log()).orElseThrow();
  }

  private static void rest(LogSettlement settlement, long through) {
    SettlementStep step = settlement.step(through);
    for (int i = 0; i < 1_000 && !(step instanceof Idle); i++) {
      step = settlement.step(through);
    }
    assertThat(step).isInstanceOf(Idle.class);
  }

  static SettlementStep toTheEnd(LogSettlement settlement, long through) {
    SettlementStep step = settlement.step(through);
    for (int i = 0; i < 5_000 && !(step instanceof Ended || step instanceof Stopped); i++) {
      step = settlement.step(through);
    }
    return step;
  }

  /** Every result with its intent, in the order of the log. */
  static List<SettledCharge> charges(WrittenLog log) {
    List<SettledCharge> charges = new ArrayList<>();
    Set<LogRecord.Intent> intents = new HashSet<>();
    for (int i = 0; i < log.records.size(); i++) {
      switch (log.records.get(i)) {
        case LogRecord.Intent intent -> intents.add(intent);
        case LogRecord.Result result ->
            charges.add(
                new SettledCharge(
                    i + 1L,
                    intents.stream()
                        .filter(intent -> intent.charge().equals(result.charge()))
                        .findFirst()
                        .orElseThrow(),
                    result));
        case LogRecord.Progress _, LogRecord.Close _ -> {}
      }
    }
    return charges;
  }
}
