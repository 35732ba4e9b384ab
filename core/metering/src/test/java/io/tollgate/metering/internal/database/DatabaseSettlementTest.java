package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.after;
import static io.tollgate.metering.internal.database.SomeCharges.batch;
import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static io.tollgate.metering.internal.database.SomeCharges.first;
import static io.tollgate.metering.internal.database.SomeCharges.pays;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.internal.database.bank.DatabaseBank;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.database.register.DatabaseLeases;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Elsewhere;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Settled;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Unknown;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import io.tollgate.metering.internal.settlement.TakeOver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches of a log booked once, in full, whatever the means and whatever becomes of answers. */
class DatabaseSettlementTest {
  private static final UserId OTHER = new UserId(8);

  private final Books books = new Books();
  private final DatabaseBank bank = books.bank();
  private final DatabaseSettlement settlement =
      new DatabaseSettlement(books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());

  @AfterEach
  void booksAreClean() {
    bank.close();
    assertThat(books.audit().findings()).isEmpty();
    books.close();
  }

  @Test
  void a_charge_takes_from_its_lease_and_is_in_the_books_once() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 600);
    SettlementBatch batch = first(log, charge(2, account, 250), charge(4, account, 100));
    assertThat(settlement.settle(batch)).isEqualTo(new Settled());
    assertThat(books.account(account).balance()).isEqualTo(650);
    assertThat(books.account(account).held()).isEqualTo(250);
    assertThat(
            books.number(
                "SELECT count(*) FROM metering.usage_record WHERE log = ? AND paid IN (250, 100)"
                    + " AND owed = 0 AND transfer_id IS NOT NULL",
                log.value()))
        .isEqualTo(2);
    assertThat(
            books.number(
                "SELECT count(*) FROM ledger.entry WHERE charge_id = ? AND amount = -250",
                batch.charges().getFirst().intent().charge().value()))
        .isEqualTo(1);
    assertThat(books.number("SELECT sum(requests) FROM metering.usage_statistic")).isEqualTo(2);
    assertThat(books.number("SELECT count(*) FROM data.outbox WHERE type = 'metering.settled'"))
        .isEqualTo(1);
  }

  @Test
  void a_batch_that_comes_again_is_answered_where_the_log_stands_and_books_nothing() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 600);
    SettlementBatch batch = first(log, charge(2, account, 250));
    assertThat(settlement.settle(batch)).isEqualTo(new Settled());
    SettlementAnswer again = settlement.settle(batch);
    assertThat(again).isInstanceOf(Elsewhere.class);
    assertThat(((Elsewhere) again).standing().position()).isEqualTo(batch.to());
    assertThat(books.account(account).balance()).isEqualTo(750);
    SettlementBatch next = batch(log, batch.to(), charge(6, account, 50));
    assertThat(settlement.settle(next)).isEqualTo(new Settled());
    assertThat(books.account(account).balance()).isEqualTo(700);
  }

  @Test
  void a_log_that_is_not_known_is_told_so() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId unknown = new HolderId(UUID.randomUUID());
    assertThat(settlement.settle(first(unknown, charge(2, account, 1)))).isEqualTo(new Unknown());
    assertThat(books.account(account).balance()).isEqualTo(1_000);
  }

  @Test
  void a_forked_log_settles_nothing_more() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 600);
    books.register.fork(log.value());
    assertThat(settlement.settle(first(log, charge(2, account, 1)))).isInstanceOf(Elsewhere.class);
    assertThat(books.account(account).balance()).isEqualTo(1_000);
  }

  @Test
  void beyond_the_lease_it_takes_what_is_available_and_then_it_is_owed() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 100);
    assertThat(settlement.settle(first(log, charge(2, account, 1_500)))).isEqualTo(new Settled());
    assertThat(books.account(account).balance()).isZero();
    assertThat(books.account(account).held()).isZero();
    assertThat(books.owed(Books.USER)).isEqualTo(-500);
    assertThat(
            books.number("SELECT count(*) FROM metering.usage_record WHERE paid=1000 AND owed=500"))
        .isEqualTo(1);
    assertThat(
            books.number(
                "SELECT granted FROM metering.lease WHERE holder = ? AND settled = granted",
                log.value()))
        .isEqualTo(1_500);
  }

  @Test
  void what_the_journal_left_uncovered_takes_the_balance_and_then_it_is_owed() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 100);
    SettledCharge charge = charge(2, Books.USER, 1_300, 1_200, List.of(pays(account, 100)));
    assertThat(settlement.settle(first(log, charge))).isEqualTo(new Settled());
    assertThat(books.account(account).balance()).isZero();
    assertThat(books.owed(Books.USER)).isEqualTo(-300);
  }

  @Test
  void a_user_without_any_account_owes() {
    HolderId log = books.log();
    SettledCharge charge = charge(2, OTHER, 70, 70, List.of());
    assertThat(settlement.settle(first(log, charge))).isEqualTo(new Settled());
    assertThat(books.owed(OTHER)).isEqualTo(-70);
  }

  @Test
  void tokens_and_money_of_several_users_are_booked_by_one_transfer() {
    AccountId tokens = books.tokens(Books.USER, "relay:2026-11", 500);
    AccountId money = books.money(Books.USER, 1_000);
    AccountId other = books.money(OTHER, 1_000);
    HolderId log = granted(money, 600);
    SettlementBatch batch =
        first(
            log,
            charge(2, Books.USER, 30, 0, List.of(pays(tokens, 120), pays(money, 30))),
            charge(4, OTHER, 40, 0, List.of(pays(other, 40))));
    assertThat(settlement.settle(batch)).isEqualTo(new Settled());
    assertThat(books.account(tokens).balance()).isEqualTo(380);
    assertThat(books.account(money).balance()).isEqualTo(970);
    assertThat(books.account(other).balance()).isEqualTo(960);
    assertThat(
            books.number("SELECT count(*) FROM ledger.transfer WHERE operation='relay.settlement'"))
        .isEqualTo(1);
    assertThat(books.number("SELECT sum(quota_tokens) FROM metering.usage_record")).isEqualTo(120);
  }

  @Test
  void what_costs_nothing_has_a_usage_record_and_no_transfer() {
    HolderId log = books.log();
    assertThat(settlement.settle(first(log, charge(2, OTHER, 0, 0, List.of()))))
        .isEqualTo(new Settled());
    assertThat(books.number("SELECT count(*) FROM metering.usage_record WHERE transfer_id IS NULL"))
        .isEqualTo(1);
    SettlementBatch empty =
        new SettlementBatch(
            log.value(), after(Books.START, 3), after(Books.START, 9), 2, List.of());
    assertThat(settlement.settle(empty)).isEqualTo(new Settled());
    assertThat(books.register.find(log.value()).orElseThrow().segment()).isEqualTo(2);
  }

  @Test
  void a_charge_that_is_in_the_books_already_is_left_out() {
    AccountId account = books.money(Books.USER, 1_000);
    SettledCharge twice = charge(2, account, 250);
    assertThat(settlement.settle(first(granted(account, 300), twice))).isEqualTo(new Settled());
    HolderId log = granted(account, 300);
    assertThat(settlement.settle(first(log, twice, charge(4, account, 10))))
        .isEqualTo(new Settled());
    assertThat(books.account(account).balance()).isEqualTo(740);
    assertThat(books.number("SELECT charges FROM metering.meter_log WHERE id = ?", log.value()))
        .isEqualTo(1);
  }

  @Test
  void a_result_that_comes_after_all_ends_the_doubt() {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 600);
    SettledCharge charge = charge(2, account, 250);
    TakeOver plan =
        new TakeOver(
            log.value(),
            Books.START,
            List.of(
                new TakeOver.OpenIntent(charge.intent(), TokenUsage.NONE, charge.intent().legs())),
            List.of(),
            Optional.empty());
    assertThat(books.register.takeOver(plan)).isTrue();
    assertThat(books.account(account).held()).isEqualTo(250);
    assertThat(settlement.settle(first(log, charge))).isEqualTo(new Settled());
    assertThat(books.account(account).balance()).isEqualTo(750);
    assertThat(books.account(account).held()).isZero();
    assertThat(books.number("SELECT count(*) FROM metering.passage")).isZero();
  }

  @Test
  void what_comes_from_a_log_that_was_given_up_is_taken_in_full() {
    AccountId account = books.money(Books.USER, 1_000);
    UUID incarnation = UUID.randomUUID();
    HolderId log = books.granted(bank, books.log(incarnation), account, 600);
    DatabaseLeases leases = new DatabaseLeases(books.transactions, books.ledger, Clock.systemUTC());
    assertThat(leases.lost(incarnation)).hasSize(1);
    HolderId next = granted(account, 900);
    assertThat(settlement.settle(first(next, charge(2, account, 900)))).isEqualTo(new Settled());
    assertThat(settlement.settle(first(log, charge(2, account, 400)))).isEqualTo(new Settled());
    assertThat(books.owed(Books.USER)).isEqualTo(-300);
    LogPosition end = books.register.find(log.value()).orElseThrow().position();
    assertThat(books.register.end(log.value(), end, true)).isFalse();
    assertThat(books.register.end(log.value(), end, false)).isTrue();
    assertThat(books.register.find(log.value()).orElseThrow().state()).isEqualTo(LogState.ENDED);
  }

  @Test
  void two_settlers_of_one_log_book_a_batch_once() throws ExecutionException, InterruptedException {
    AccountId account = books.money(Books.USER, 1_000);
    HolderId log = granted(account, 600);
    SettlementBatch batch = first(log, charge(2, account, 250));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SettlementAnswer>> answers =
          List.of(
              threads.submit(() -> settlement.settle(batch)),
              threads.submit(() -> settlement.settle(batch)));
      long settled = 0;
      for (Future<SettlementAnswer> answer : answers) {
        settled += answer.get() instanceof Settled ? 1 : 0;
      }
      assertThat(settled).isEqualTo(1);
    }
    assertThat(books.account(account).balance()).isEqualTo(750);
  }

  @Test
  void connections_killed_while_settling_lose_and_double_nothing() throws SQLException {
    AccountId account = books.money(Books.USER, 1_000_000);
    HolderId log = granted(account, 500_000);
    int killed = 0;
    var position = Books.START;
    for (int i = 0; i < 30; i++) {
      SettlementBatch batch = batch(log, position, charge(position.sequence() + 2, account, 10));
      boolean kill = i % 3 == 0;
      if (kill) {
        killed += kill();
      }
      position = settleWhateverHappens(batch);
    }
    assertThat(killed).isPositive();
    assertThat(books.account(account).balance()).isEqualTo(1_000_000 - 300);
    assertThat(books.number("SELECT count(*) FROM metering.usage_record")).isEqualTo(30);
  }

  private LogPosition settleWhateverHappens(SettlementBatch batch) {
    for (int attempt = 0; attempt < 50; attempt++) {
      try {
        SettlementAnswer answer = settlement.settle(batch);
        boolean there =
            answer instanceof Settled
                || (answer instanceof Elsewhere(var standing)
                    && standing.position().equals(batch.to()));
        assertThat(there).isTrue();
        return batch.to();
      } catch (RuntimeException e) {
        // the connection was killed: asked again
        assertThat(e).hasMessageMatching("(?s).*(database|connection).*");
      }
    }
    throw new AssertionError("not settled in 50 attempts");
  }

  private int kill() throws SQLException {
    try (Connection connection = books.database.owner().getConnection();
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private HolderId granted(AccountId account, long units) {
    return books.granted(bank, books.log(), account, units);
  }
}
