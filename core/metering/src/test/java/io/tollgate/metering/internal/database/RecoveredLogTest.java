package io.tollgate.metering.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.LeaseAdmin;
import io.tollgate.metering.Metering;
import io.tollgate.metering.internal.database.bank.DatabaseBank;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.database.register.DatabaseRegister;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.meterlog.FileLogShelf;
import io.tollgate.metering.internal.meterlog.LogCursor;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogReader;
import io.tollgate.metering.internal.meterlog.LogScan;
import io.tollgate.metering.internal.meterlog.LogShelf;
import io.tollgate.metering.internal.meterlog.LogWriter;
import io.tollgate.metering.internal.settlement.LogSettlement;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.OldLogs;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementStep;
import io.tollgate.metering.internal.settlement.SettlementStep.Ended;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process's log on a real disk, its leases in a real database, and its successor. */
class RecoveredLogTest {
  private static final UUID BOOT = UUID.randomUUID();

  private final Books books = new Books();
  private final DatabaseRegister register = books.register;
  private final DatabaseSettlement book =
      new DatabaseSettlement(books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());
  private final DatabaseBank bank =
      new DatabaseBank(
          books.transactions,
          books.ledger,
          (transaction, tenant, user, now) -> {},
          books.database.database().notifications());
  private final AccountId account = books.money(Books.USER, 1_000);
  private final LogIdentity identity =
      new LogIdentity(register.ledger(), UUID.randomUUID(), UUID.randomUUID(), BOOT, 0);

  @TempDir Path data;

  @AfterEach
  void close() {
    bank.close();
    books.close();
  }

  @Test
  void its_results_are_charged_its_open_intent_stays_held_and_the_rest_is_free() throws Exception {
    LogWriter writer = begin(600);
    List<SettledCharge> charges = charges(writer, 4, 50);
    LogSettlement running =
        LogSettlement.live(identity, shelf().log(identity.log()), register, book);
    var _ = running.step(2);
    var _ = writer.admit(SomeCharges.charge(0, account, 100).intent());
    var _ = writer.flush();

    List<LogSettlement> backlog = old().recover();

    // three results of 50 and the open intent; before any of them is booked
    assertThat(books.account(account).held()).isEqualTo(250);
    SettlementStep step = backlog.getFirst().step(0);
    while (!(step instanceof Ended)) {
      step = backlog.getFirst().step(0);
    }
    assertThat(books.account(account).held()).isEqualTo(100);
    assertThat(books.account(account).balance()).isEqualTo(800);
    assertThat(books.number("SELECT count(*) FROM metering.usage_record"))
        .isEqualTo(charges.size());
    assertThat(register.find(identity.log()).orElseThrow().state()).isEqualTo(LogState.ENDED);
    assertThat(books.audit().findings()).isEmpty();
    assertThat(old().recover()).isEmpty();
  }

  @Test
  void records_after_a_hole_are_kept_for_the_operator() throws Exception {
    LogWriter writer = begin(600);
    List<SettledCharge> charges = charges(writer, 3, 50);
    List<LogScan.Found> found = new ArrayList<>();
    LogScan whole = LogReader.of(shelf().log(identity.log())).scan(found::add);
    assertThat(whole.records()).isEqualTo(6);
    damage(found.get(2));

    assertThat(old().recover()).hasSize(1);

    assertThat(
            books.number(
                "SELECT count(*) FROM metering.settlement_exception WHERE log = ? AND sequence > 3",
                identity.log()))
        .isEqualTo(3);
    assertThat(
            books.number(
                "SELECT tenant_id FROM metering.settlement_exception WHERE charge_id = ?"
                    + " AND sequence = 6",
                charges.get(2).intent().charge().value()))
        .isEqualTo(Books.TENANT.value());
    assertThat(books.number("SELECT count(*) FROM metering.loss WHERE log = ?", identity.log()))
        .isOne();
  }

  @Test
  void the_operator_sees_who_holds_what_and_when_they_were_heard_of() throws Exception {
    LogWriter writer = begin(600);
    LeaseAdmin leases = Metering.leases(books.transactions, books.ledger, Clock.systemUTC());
    LeaseAdmin.Held before = leases.list().getFirst();
    LogSettlement running =
        LogSettlement.live(identity, shelf().log(identity.log()), register, book);
    var _ = running.compare();

    LeaseAdmin.Held held = leases.list().getFirst();

    assertThat(held.incarnation()).isEqualTo(identity.incarnation());
    assertThat(held.units()).containsEntry("USD", 600L);
    assertThat(held.heardAt()).isAfter(before.heardAt());
    assertThat(leases.lost(identity.incarnation()))
        .containsExactly(new LeaseAdmin.AtRisk(identity.log(), account, 600));
    // what comes late is booked all the same
    var _ = charges(writer, 2, 50);
    assertThat(running.step(writer.onDisk())).isInstanceOf(SettlementStep.More.class);
    assertThat(books.account(account).balance()).isEqualTo(900);
  }

  private LogWriter begin(long granted) throws IOException {
    LogWriter writer =
        LogWriter.begin(
            shelf().log(identity.log()), identity, LogWriter.MIN_SEGMENT_BYTES, Runnable::run);
    register.enter(identity, LogCursor.start(identity.log()));
    HolderId holder = new HolderId(identity.log());
    Heard heard = new Heard();
    bank.join(holder, Runnable::run, heard)
        .operate(new LeaseOperation(holder, account, 1, 1, 0, granted, granted, false));
    assertThat(heard.granted(0).granted()).isEqualTo(granted);
    return writer;
  }

  /** Charges that reached the file, and perhaps not the disk. */
  private List<SettledCharge> charges(LogWriter writer, int count, long units) {
    List<SettledCharge> charges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SettledCharge charge = SomeCharges.charge(0, account, units);
      var _ = writer.admit(charge.intent());
      var _ = writer.finish(charge.result());
      charges.add(charge);
    }
    var _ = writer.flush();
    return charges;
  }

  private void damage(LogScan.Found found) throws IOException {
    Path file =
        data.resolve("meter").resolve(identity.log().toString()).resolve(found.place().segment());
    try (RandomAccessFile segment = new RandomAccessFile(file.toFile(), "rw")) {
      segment.seek(found.place().offset() + 60);
      int one = segment.read();
      segment.seek(found.place().offset() + 60);
      segment.write(one ^ 1);
    }
  }

  private LogShelf shelf() {
    return FileLogShelf.of(data);
  }

  private OldLogs old() {
    return new OldLogs(
        shelf(), register, book, new Circumstances(register.ledger(), BOOT, false, Instant.now()));
  }
}
