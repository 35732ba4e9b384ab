package io.tollgate.metering.internal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.MeterLogImport;
import io.tollgate.metering.MeterLogImport.Report;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.meterlog.FileLogShelf;
import io.tollgate.metering.internal.meterlog.LogCursor;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogWriter;
import io.tollgate.metering.internal.settlement.LogSettlement;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.OldLogs;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementStep.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs on a real disk that are settled no further, imported into a real database. */
class ImportedLogTest {
  private final Books books = new Books();
  private final DatabaseSettlement book =
      new DatabaseSettlement(books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());
  private final AccountId account = books.money(Books.USER, 1_000);
  private final LogIdentity identity =
      new LogIdentity(
          books.register.ledger(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), 0);

  @TempDir Path data;
  @TempDir Path copy;

  @AfterEach
  void close() {
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void a_forked_log_is_imported_by_charge_id_once_and_what_is_open_is_in_doubt() throws Exception {
    LogWriter writer = begin(identity);
    finish(writer, admit(writer, 50));
    var _ = running().step(writer.onDisk());
    finish(writer, admit(writer, 60));
    finish(writer, admit(writer, 70));
    var _ = admit(writer, 100);
    var _ = writer.flush();
    books.register.fork(identity.log());

    Report first = imported(logDirectory()).getFirst();

    assertThat(first.charges()).isEqualTo(3);
    assertThat(first.known()).isEqualTo(1);
    assertThat(first.booked()).isEqualTo(2);
    assertThat(first.inDoubt()).isEqualTo(1);
    assertThat(first.exceptions() + first.strays() + first.corrected()).isZero();
    assertThat(books.account(account).balance()).isEqualTo(1_000 - 180);
    assertThat(books.account(account).held()).isEqualTo(100);
    Report second = imported(data).getFirst();
    assertThat(second.known()).isEqualTo(3);
    assertThat(second.booked() + second.inDoubt()).isZero();
    assertThat(books.account(account).balance()).isEqualTo(1_000 - 180);
    assertThat(standing()).isEqualTo(LogState.FORKED);
  }

  @Test
  void a_longer_copy_of_an_ended_log_is_imported_and_ends_the_doubt() throws Exception {
    LogWriter writer = begin(identity);
    SettledCharge open = admit(writer, 100);
    var _ = writer.flush();
    copyFiles();
    LogSettlement shorter =
        new OldLogs(
                FileLogShelf.of(copy),
                books.register,
                book,
                new Circumstances(books.register.ledger(), identity.boot(), false, Instant.now()))
            .recover()
            .getFirst();
    while (!(shorter.step(0) instanceof Ended)) {
      assertThat(standing()).isEqualTo(LogState.RECOVERING);
    }
    finish(writer, open);
    finish(writer, admit(writer, 40));
    var _ = writer.flush();

    Report report = imported(data).getFirst();

    assertThat(report.booked()).isEqualTo(2);
    assertThat(books.account(account).balance()).isEqualTo(860);
    assertThat(books.account(account).held()).isZero();
    assertThat(books.number("SELECT count(*) FROM metering.passage")).isZero();
  }

  @Test
  void files_that_end_before_the_place_where_others_ended_the_log_are_imported() throws Exception {
    LogWriter writer = begin(identity);
    LogWriter twin =
        LogWriter.begin(
            FileLogShelf.of(copy).log(identity.log()),
            identity,
            LogWriter.MIN_SEGMENT_BYTES,
            Runnable::run);
    var _ = admit(twin, 100);
    var _ = twin.flush();
    finish(writer, admit(writer, 50));
    var _ = writer.close(Instant.now());
    LogSettlement running = running();
    while (!(running.step(writer.onDisk()) instanceof Ended)) {
      assertThat(standing()).isEqualTo(LogState.OPEN);
    }

    assertThat(old(copy).recover()).isEmpty();

    assertThat(standing()).isEqualTo(LogState.FORKED);
    Report report = imported(copy).getFirst();
    assertThat(report.inDoubt()).isOne();
    assertThat(books.account(account).held()).isEqualTo(100);
  }

  @Test
  void what_cannot_be_booked_is_kept_once_and_the_rest_is_booked() throws Exception {
    LogWriter writer = begin(identity);
    finish(writer, admit(writer, 50));
    finish(
        writer,
        admit(
            writer,
            SomeCharges.charge(
                0, Books.USER, 20, 0, List.of(SomeCharges.pays(new AccountId(99_999), 20)))));
    finish(writer, admit(writer, 60));
    var _ = writer.flush();
    books.register.fork(identity.log());

    for (int i = 0; i < 2; i++) {
      assertThat(imported(logDirectory()).getFirst().exceptions()).isOne();
      assertThat(books.account(account).balance()).isEqualTo(890);
      assertThat(books.number("SELECT count(*) FROM metering.settlement_exception")).isOne();
    }
  }

  @Test
  void a_log_that_is_open_or_of_another_ledger_is_not_imported() throws Exception {
    LogWriter writer = begin(identity);
    finish(writer, admit(writer, 50));
    var _ = writer.flush();
    assertThatThrownBy(() -> imported(data))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("log " + identity.log() + " is open (expected: forked, lost,");

    LogIdentity other =
        new LogIdentity(
            UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), 0);
    LogWriter foreign = begin(other);
    var _ = foreign.flush();
    books.register.fork(identity.log());
    List<Report> reports = new ArrayList<>();
    assertThatThrownBy(() -> run(data, reports))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was written for ledger " + other.ledger());
    assertThat(reports).extracting(Report::booked).containsExactly(1L);
  }

  private LogWriter begin(LogIdentity log) throws IOException {
    LogWriter writer =
        LogWriter.begin(
            FileLogShelf.of(data).log(log.log()), log, LogWriter.MIN_SEGMENT_BYTES, Runnable::run);
    books.register.enter(log, LogCursor.start(log.log()));
    if (!log.equals(identity)) {
      finish(writer, admit(writer, 1));
    }
    return writer;
  }

  private SettledCharge admit(LogWriter writer, long units) {
    return admit(writer, SomeCharges.charge(0, account, units));
  }

  private static SettledCharge admit(LogWriter writer, SettledCharge charge) {
    assertThat(writer.admit(charge.intent())).isPresent();
    return charge;
  }

  private static void finish(LogWriter writer, SettledCharge charge) {
    var _ = writer.finish(charge.result());
  }

  private LogSettlement running() throws IOException {
    return LogSettlement.live(
        identity, FileLogShelf.of(data).log(identity.log()), books.register, book);
  }

  private OldLogs old(Path directory) {
    return new OldLogs(
        FileLogShelf.of(directory),
        books.register,
        book,
        new Circumstances(books.register.ledger(), identity.boot(), false, Instant.now()));
  }

  private LogState standing() {
    return books.register.find(identity.log()).orElseThrow().state();
  }

  private Path logDirectory() {
    return data.resolve("meter").resolve(identity.log().toString());
  }

  private void copyFiles() throws IOException {
    Path to = copy.resolve("meter").resolve(identity.log().toString());
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(logDirectory())) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
      }
    }
  }

  private List<Report> imported(Path from) throws IOException {
    List<Report> reports = new ArrayList<>();
    run(from, reports);
    return reports;
  }

  private void run(Path from, List<Report> reports) throws IOException {
    MeterLogImport.run(
        from, books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC(), reports::add);
  }
}
