package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static io.tollgate.metering.internal.database.SomeCharges.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageRecord;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.database.books.StoredUsage;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Settled;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists of requests in the books, of which the oldest is six days and each twice as old. */
class NewestUsageTest {
  private static final int CHARGES = 15;

  private final Books books = new Books();
  private final AccountId account = books.money(Books.USER, 1_000_000);
  private final HolderId log = books.log(UUID.randomUUID());
  private final UsageQueries stored = new StoredUsage();

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void pages_follow_each_other_through_minutes_and_days() throws SQLException {
    List<ChargeId> newestFirst = settle();
    UsageFilter all = filter(Optional.empty(), Optional.empty());
    for (int size : new int[] {1, 2, 7, CHARGES, 100}) {
      List<ChargeId> listed = new ArrayList<>();
      Optional<UsageQueries.Position> after = Optional.empty();
      List<UsageRecord> page = page(all, size, after);
      while (!page.isEmpty()) {
        page.forEach(row -> listed.add(row.charge()));
        UsageRecord last = page.getLast();
        after = Optional.of(new UsageQueries.Position(last.openedAt(), last.charge()));
        page = page(all, size, after);
      }
      assertThat(listed).as("pages of %d", size).isEqualTo(newestFirst);
    }
  }

  @Test
  void a_beginning_and_an_end_are_kept() throws SQLException {
    List<ChargeId> newestFirst = settle();
    List<UsageRecord> rows =
        page(filter(Optional.empty(), Optional.empty()), 100, Optional.empty());
    Instant start = rows.get(9).openedAt();
    Instant end = rows.get(3).openedAt();
    assertThat(page(filter(Optional.of(start), Optional.of(end)), 100, Optional.empty()))
        .extracting(UsageRecord::charge)
        .isEqualTo(newestFirst.subList(4, 10));
    assertThat(page(filter(Optional.of(end), Optional.empty()), 2, Optional.empty()))
        .extracting(UsageRecord::charge)
        .isEqualTo(newestFirst.subList(0, 2));
  }

  private List<UsageRecord> page(
      UsageFilter filter, int size, Optional<UsageQueries.Position> after) {
    return books.transactions.read(
        transaction ->
            stored.search(transaction, filter, UsageRecord.Outcome.SETTLED, size, after));
  }

  private static UsageFilter filter(Optional<Instant> start, Optional<Instant> end) {
    return new UsageFilter(
        Optional.empty(),
        Optional.of(new TenantId(1)),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        start,
        end);
  }

  /** Their ids, the newest first. */
  private List<ChargeId> settle() throws SQLException {
    DatabaseSettlement settlement =
        new DatabaseSettlement(
            books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());
    List<SettledCharge> charges = new ArrayList<>();
    for (int i = 0; i < CHARGES; i++) {
      charges.add(charge(2 + 2L * i, account, 10, TokenUsage.of(10, 1)));
    }
    assertThat(settlement.settle(first(log, charges.toArray(SettledCharge[]::new))))
        .isEqualTo(new Settled());
    try (Connection connection = books.database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      boolean _ =
          statement.execute(
              "SELECT metering.ensure_usage_partition(current_date - day)"
                  + " FROM generate_series(0, 8) day");
      int _ =
          statement.executeUpdate(
              "UPDATE metering.usage_record SET opened_at ="
                  + " now() - interval '30 seconds' * power(2, sequence / 2 - 1)");
    }
    return charges.stream().map(charge -> charge.intent().charge()).toList();
  }
}
