package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.after;
import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.InDoubt;
import io.tollgate.metering.InDoubt.Corrected;
import io.tollgate.metering.InDoubt.Decision;
import io.tollgate.metering.Metering;
import io.tollgate.metering.UsageRecord.Outcome;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.database.register.DatabaseImport;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.settlement.ImportBook;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Settled;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import io.tollgate.metering.internal.settlement.TakeOver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests in doubt that were charged by a decision, and whose result is found later. */
class SupersededChargeTest {
  private final Books books = new Books();
  private final HolderId log = books.log();
  private final DatabaseSettlement settlement =
      new DatabaseSettlement(books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());
  private final DatabaseImport imports =
      new DatabaseImport(books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());
  private final InDoubt inDoubt =
      Metering.inDoubt(books.ledger, FlatPrices.BOOK, BookingListeners.NOBODY, Clock.systemUTC());

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void the_result_is_charged_instead_once_and_both_are_in_sight() {
    AccountId account = books.money(Books.USER, 1_000);
    SettledCharge charge = charge(2, account, 250);
    decide(charge, new Decision.Input());
    assertThat(books.account(account).balance()).isEqualTo(990);

    assertThat(settlement.settle(batch(charge))).isEqualTo(new Settled());

    assertThat(books.account(account).balance()).isEqualTo(750);
    assertThat(books.account(account).held()).isZero();
    assertThat(imports.book(log.value(), List.of(charge)))
        .isEqualTo(new ImportBook.Outcome(1, 0, 0));
    assertThat(books.account(account).balance()).isEqualTo(750);
    assertThat(books.number("SELECT count(*) FROM metering.usage_record")).isOne();
    assertThat(books.number("SELECT sum(requests) FROM metering.usage_statistic")).isOne();
    assertThat(books.number("SELECT sum(paid) FROM metering.usage_statistic")).isEqualTo(250);
    List<Corrected> corrected = corrected();
    assertThat(corrected).hasSize(1);
    assertThat(corrected.getFirst().decided().cost()).isEqualTo(10);
    assertThat(corrected.getFirst().decided().outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(corrected.getFirst().result().cost()).isEqualTo(250);
    assertThat(corrected.getFirst().result().outcome()).isEqualTo(Outcome.SETTLED);
    assertThat(findings()).isEmpty();
  }

  @Test
  void what_was_decided_to_be_free_is_charged() {
    AccountId account = books.money(Books.USER, 1_000);
    SettledCharge charge = charge(2, account, 250);
    decide(charge, new Decision.Free());

    assertThat(settlement.settle(batch(charge))).isEqualTo(new Settled());

    assertThat(books.account(account).balance()).isEqualTo(750);
    assertThat(corrected()).hasSize(1);
    assertThat(findings()).isEmpty();
  }

  @Test
  void a_debt_of_the_decision_that_was_paid_since_goes_back_to_the_balance() {
    AccountId account = books.money(Books.USER, 100);
    SettledCharge charge = charge(2, account, 50);
    decide(charge, new Decision.Used(TokenUsage.of(300, 0)));
    assertThat(books.owed(Books.USER)).isEqualTo(-200);
    var _ = books.money(Books.USER, 150);
    assertThat(books.owed(Books.USER)).isEqualTo(-50);

    assertThat(settlement.settle(batch(charge))).isEqualTo(new Settled());

    assertThat(books.owed(Books.USER)).isZero();
    assertThat(books.account(account).balance()).isEqualTo(200);
    assertThat(findings()).isEmpty();
  }

  @Test
  void two_who_find_the_result_at_once_correct_once() throws Exception {
    AccountId account = books.money(Books.USER, 1_000);
    SettledCharge charge = charge(2, account, 250);
    decide(charge, new Decision.Input());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> settled = threads.submit(() -> settlement.settle(batch(charge)));
      Future<?> imported = threads.submit(() -> imports.book(log.value(), List.of(charge)));
      assertThat(settled.get()).isNotNull();
      assertThat(imported.get()).isNotNull();
    }
    assertThat(books.account(account).balance()).isEqualTo(750);
    assertThat(corrected()).hasSize(1);
    assertThat(findings()).isEmpty();
  }

  @Test
  void a_correction_that_does_not_fit_is_named_by_the_audit() throws SQLException {
    SettledCharge charge = charge(2, books.money(Books.USER, 1_000), 250);
    decide(charge, new Decision.Input());
    assertThat(settlement.settle(batch(charge))).isEqualTo(new Settled());

    damage("UPDATE metering.superseded_usage SET paid = paid + 1");
    assertThat(findings())
        .extracting(AuditFinding::check)
        .containsExactly("metering.superseded_is_given_back");
    damage("DELETE FROM metering.superseded_usage");
    assertThat(findings())
        .extracting(AuditFinding::check)
        .contains("metering.usage_is_charged", "metering.correction_has_cause");
  }

  /** Its log is taken over while it is under way, and somebody decides on it. */
  private void decide(SettledCharge charge, Decision decision) {
    TakeOver.OpenIntent open =
        new TakeOver.OpenIntent(charge.intent(), TokenUsage.NONE, charge.intent().legs());
    assertThat(
            books.register.takeOver(
                new TakeOver(log.value(), Books.START, List.of(open), List.of(), Optional.empty())))
        .isTrue();
    var _ =
        books.transactions.write(
            transaction -> {
              int _ =
                  transaction.sql().execute("UPDATE metering.passage SET in_doubt_since = now()");
              return inDoubt.resolve(transaction, charge.intent().charge(), decision);
            });
  }

  private SettlementBatch batch(SettledCharge charge) {
    return new SettlementBatch(
        log.value(), Books.START, after(Books.START, 3), 1, List.of(charge), true);
  }

  private List<Corrected> corrected() {
    return books.transactions.read(
        transaction ->
            inDoubt.corrected(transaction, Optional.of(Books.TENANT), 10, Optional.empty()));
  }

  private List<AuditFinding> findings() {
    return books.audit().findings();
  }

  private void damage(String statementText) throws SQLException {
    try (Connection connection = books.database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(statementText)).isPositive();
    }
  }
}
