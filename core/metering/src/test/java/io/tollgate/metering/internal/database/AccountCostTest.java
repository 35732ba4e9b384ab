package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.batch;
import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Ledgers;
import io.tollgate.metering.AccountCost;
import io.tollgate.metering.AccountCostQueries;
import io.tollgate.metering.BookedUsage;
import io.tollgate.metering.BookingEvents;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.Metering;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.ServedUsage;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageRecord;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Settled;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What provider accounts cost, as it is booked with the requests that they served. */
@Tag("slow")
class AccountCostTest {
  private final Books books = new Books();
  private final HolderId log = books.log();
  private final List<AccountCost> heard = new CopyOnWriteArrayList<>();
  private final List<BookedUsage> used = new CopyOnWriteArrayList<>();
  private volatile OptionalLong each = OptionalLong.of(1_001);
  private final DatabaseSettlement settlement =
      new DatabaseSettlement(
          books.transactions,
          books.ledger,
          new QuoteBook() {
            @Override
            public PriceQuote byVersion(String version) {
              return FlatPrices.BOOK.byVersion(version);
            }

            @Override
            public OptionalLong upstreamCost(ServedUsage served) {
              return each;
            }
          },
          new BookingListeners(heard::addAll, used::addAll, BookingEvents.NOBODY),
          Clock.systemUTC());
  private final AccountCostQueries costs = Metering.accountCosts();

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void a_batch_that_is_repeated_counts_once_and_the_sum_is_rounded_not_each_request() {
    AccountId account = books.money(Books.USER, 1_000);
    SettlementBatch batch =
        batch(
            log,
            Books.START,
            charge(2, account, 10),
            charge(4, account, 10),
            charge(6, account, 10));
    assertThat(settlement.settle(batch)).isEqualTo(new Settled());
    var _ = settlement.settle(batch);

    AccountCost total = total();
    assertThat(total.requests()).isEqualTo(3);
    assertThat(total.nanos()).isEqualTo(3_003);
    assertThat(total.millionths()).as("3,003 nano, not thrice 1").isEqualTo(3);
    assertThat(total.usd()).hasToString("0.000003");
    assertThat(today().nanos()).isEqualTo(3_003);
    assertThat(heard).containsExactlyInAnyOrder(total, today());
    UsageRecord record = records().getFirst();
    assertThat(used)
        .containsExactly(
            new BookedUsage(
                record.protocol(),
                record.model(),
                3,
                3 * record.usage().input(),
                3 * record.usage().output(),
                new Amount(record.currency(), 30)));
    assertThat(findings()).isEmpty();
    assertThat(records())
        .extracting(UsageRecord::upstreamCost)
        .containsOnly(OptionalLong.of(1_001));
    assertThat(books.number("SELECT sum(upstream_cost) FROM metering.usage_statistic"))
        .isEqualTo(3_003);
  }

  @Test
  void what_is_not_known_to_cost_anything_is_a_request_all_the_same() {
    AccountId account = books.money(Books.USER, 1_000);
    each = OptionalLong.empty();
    var _ = settlement.settle(batch(log, Books.START, charge(2, account, 10)));
    assertThat(total().requests()).isOne();
    assertThat(total().nanos()).isZero();
    assertThat(records())
        .extracting(UsageRecord::upstreamCost)
        .containsExactly(OptionalLong.empty());
    assertThat(findings()).isEmpty();
  }

  @Test
  void logs_that_settle_at_once_add_up() throws Exception {
    AccountId account = books.money(Books.USER, 100_000);
    // makes the day's partition
    var _ = settlement.settle(batch(log, Books.START, charge(2, account, 1)));
    List<HolderId> logs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      logs.add(books.log());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (HolderId each : logs) {
        running.add(threads.submit(() -> settleTen(each, account)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    assertThat(total().requests()).isEqualTo(41);
    assertThat(total().nanos()).isEqualTo(41 * 1_001);
    assertThat(total().version()).isEqualTo(41);
    assertThat(findings()).isEmpty();
  }

  private void settleTen(HolderId of, AccountId account) {
    var from = Books.START;
    for (int i = 0; i < 10; i++) {
      SettledCharge one = charge(from.sequence() + 2, account, 1);
      SettlementBatch batch = batch(of, from, one);
      assertThat(settlement.settle(batch)).isEqualTo(new Settled());
      from = batch.to();
    }
  }

  @Test
  void a_cost_that_is_not_the_sum_of_its_records_is_named_by_the_audit() throws SQLException {
    AccountId account = books.money(Books.USER, 1_000);
    var _ = settlement.settle(batch(log, Books.START, charge(2, account, 10)));
    assertThat(findings()).isEmpty();
    damage("UPDATE metering.account_cost_day SET total_nano = total_nano + 1");
    assertThat(findings())
        .extracting(AuditFinding::check)
        .containsExactly("metering.account_cost_days", "metering.account_cost_totals");
    damage("UPDATE metering.account_cost_day SET total_nano = total_nano - 1");
    damage("UPDATE metering.account_cost SET requests = requests + 1");
    assertThat(findings())
        .extracting(AuditFinding::check)
        .containsExactly("metering.account_cost_totals");
    damage("DELETE FROM metering.account_cost");
    damage("DELETE FROM metering.account_cost_day");
    assertThat(findings())
        .extracting(AuditFinding::check)
        .containsExactly("metering.account_cost_days");
  }

  private AccountCost total() {
    return requireNonNull(books.transactions.read(tx -> costs.totals(tx, List.of(3L, 4L))).get(3L));
  }

  private AccountCost today() {
    LocalDate day = LocalDate.now(ZoneOffset.UTC);
    Map<Long, List<AccountCost>> days =
        books.transactions.read(tx -> costs.days(tx, List.of(3L), day.minusDays(1), day));
    return requireNonNull(days.get(3L)).getLast();
  }

  private List<UsageRecord> records() {
    UsageFilter all =
        new UsageFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty());
    return books.transactions.read(
        tx -> Metering.usageQueries().search(tx, all, 100, Optional.empty()));
  }

  private List<AuditFinding> findings() {
    Transactions all = books.transactions;
    return Ledgers.audit(Metering.auditChecks(), Metering.auditReservations())
        .run(all, AuditScope.WHOLE)
        .findings();
  }

  private void damage(String statement) throws SQLException {
    try (Connection connection = books.database.owner().getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
