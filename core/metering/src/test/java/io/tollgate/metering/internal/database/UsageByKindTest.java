package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static io.tollgate.metering.internal.database.SomeCharges.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsagePart;
import io.tollgate.contracts.UsageUnit;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
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
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Usage of every kind on its way into the books; a further kind is tested by being in the list. */
class UsageByKindTest {
  private final Books books = new Books();
  private final AccountId account = books.money(Books.USER, 1_000_000);
  private final HolderId log = books.log(UUID.randomUUID());
  private final UsageQueries stored = new StoredUsage();
  private final DatabaseSettlement settlement =
      new DatabaseSettlement(books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void a_row_has_the_usage_of_its_record_kind_by_kind_and_an_hour_has_their_sums() {
    List<SettledCharge> charges = settleEach();

    for (SettledCharge charge : charges) {
      assertThat(row(charge).usage()).isEqualTo(charge.result().usage());
    }
    TokenUsage sum = sum(charges);
    for (UsageKind kind : UsageKind.all()) {
      assertThat(statistic(kind)).as(kind.code()).isEqualTo(sum.count(kind));
    }
    assertThat(findings()).isEmpty();
  }

  @Test
  void a_request_of_text_alone_has_nothing_beside_its_totals() {
    SettledCharge text = charge(2, account, 5, new TokenUsage(100, 30, 20, 50, 7));
    assertThat(settlement.settle(first(log, text))).isEqualTo(new Settled());

    assertThat(row(text).usage()).isEqualTo(text.result().usage());
    assertThat(books.number("SELECT count(*) FROM metering.usage_record WHERE kinds IS NULL"))
        .isEqualTo(1);
    assertThat(books.number("SELECT count(*) FROM metering.usage_statistic WHERE kinds IS NULL"))
        .isEqualTo(1);
  }

  @Test
  void one_unit_of_any_kind_too_many_in_a_row_or_an_hour_is_named() throws SQLException {
    settleEach();
    for (UsageKind kind : UsageKind.all()) {
      for (String table : List.of("usage_record", "usage_statistic")) {
        String damage = "UPDATE metering.%s SET %s";
        change(damage.formatted(table, oneMore(kind, 1)) + where(table, kind));
        assertThat(findings())
            .as(table + " with one more of " + kind.code())
            .extracting(AuditFinding::check)
            .contains("metering.statistics");
        change(damage.formatted(table, oneMore(kind, -1)) + where(table, kind));
        assertThat(findings()).as(table + " as it was").isEmpty();
      }
    }
  }

  @Test
  void kinds_that_are_unknown_or_beyond_their_totals_are_named() throws SQLException {
    settleEach();
    for (String kinds :
        List.of(
            "{\"smell\": 1}",
            "{\"input\": 1}",
            "{\"audio_input\": -1}",
            "{\"audio_input\": 0}",
            "{\"audio_input\": \"1\"}",
            "{\"audio_input\": 100000}",
            "{\"audio_output\": 100000}",
            "{\"audio_cache_read\": 100000}",
            "{\"cache_write_1h\": 100000}",
            "[]")) {
      change("CREATE TABLE before_damage AS SELECT charge_id, kinds FROM metering.usage_record");
      change("UPDATE metering.usage_record SET kinds = '%s' WHERE sequence = 2".formatted(kinds));
      assertThat(findings())
          .as(kinds)
          .extracting(AuditFinding::check)
          .contains("metering.usage_kinds");
      change(
          "UPDATE metering.usage_record u SET kinds = b.kinds FROM before_damage b"
              + " WHERE b.charge_id = u.charge_id");
      change("DROP TABLE before_damage");
    }
    change("UPDATE metering.usage_record SET reasoning_tokens = output_tokens + 1");
    assertThat(findings()).extracting(AuditFinding::check).contains("metering.usage_totals");
  }

  /** One charge of each kind, one of all kinds, one of none. */
  private List<SettledCharge> settleEach() {
    List<SettledCharge> charges = new ArrayList<>();
    TokenUsage.Builder all = TokenUsage.builder();
    long sequence = 2;
    for (UsageKind kind : UsageKind.all()) {
      long count = 1_000 + 7L * kind.number();
      all.add(kind, count);
      charges.add(charge(sequence, account, 10, TokenUsage.builder().add(kind, count).build()));
      sequence += 2;
    }
    charges.add(charge(sequence, account, 10, all.build()));
    charges.add(charge(sequence + 2, account, 10, TokenUsage.NONE));
    assertThat(settlement.settle(first(log, charges.toArray(SettledCharge[]::new))))
        .isEqualTo(new Settled());
    return charges;
  }

  private static TokenUsage sum(List<SettledCharge> charges) {
    TokenUsage.Builder sum = TokenUsage.builder();
    charges.forEach(charge -> charge.result().usage().forEach(sum::add));
    return sum.build();
  }

  private UsageRecord row(SettledCharge charge) {
    UsageFilter filter = UsageFilter.of(charge.intent().charge());
    return books
        .transactions
        .read(transaction -> stored.search(transaction, filter, 1, Optional.empty()))
        .getFirst();
  }

  private long statistic(UsageKind kind) {
    String further =
        "SELECT sum((kinds ->> '%s')::bigint) FROM metering.usage_statistic".formatted(kind.code());
    if (!kind.isRemainder()) {
      return books.number(further);
    }
    long total = books.number("SELECT sum(" + total(kind) + ") FROM metering.usage_statistic");
    for (UsageKind other : UsageKind.all()) {
      if (other != kind && other.part() == kind.part() && other.unit() == UsageUnit.TOKEN) {
        total -= statistic(other);
      }
    }
    return total;
  }

  private static String total(UsageKind kind) {
    return switch (kind.part()) {
      case INPUT -> "input_tokens - cached_tokens - cache_write_tokens";
      case CACHE_READ -> "cached_tokens";
      case CACHE_WRITE -> "cache_write_tokens";
      case OUTPUT -> "output_tokens - reasoning_tokens";
      case REASONING -> "reasoning_tokens";
      case OTHER -> throw new IllegalArgumentException("no total has " + kind);
    };
  }

  /** Assignments that add so many of a kind, in totals and kinds. */
  private static String oneMore(UsageKind kind, int more) {
    List<String> changes = new ArrayList<>();
    if (kind.unit() == UsageUnit.TOKEN) {
      boolean input = kind.part().side() == UsagePart.Side.INPUT;
      String total = input ? "input_tokens" : "output_tokens";
      changes.add("%s = %s + %d".formatted(total, total, more));
      Optional<String> part =
          switch (kind.part()) {
            case CACHE_READ -> Optional.of("cached_tokens");
            case CACHE_WRITE -> Optional.of("cache_write_tokens");
            case REASONING -> Optional.of("reasoning_tokens");
            case INPUT, OUTPUT, OTHER -> Optional.empty();
          };
      part.ifPresent(column -> changes.add("%s = %s + %d".formatted(column, column, more)));
    }
    if (!kind.isRemainder()) {
      changes.add(
          "kinds = jsonb_set(kinds, '{%s}', to_jsonb((kinds ->> '%s')::bigint + %d))"
              .formatted(kind.code(), kind.code(), more));
    }
    return String.join(", ", changes);
  }

  private static String where(String table, UsageKind kind) {
    return table.equals("usage_statistic")
        ? ""
        : " WHERE sequence = " + 2 * (UsageKind.all().indexOf(kind) + 1);
  }

  private List<AuditFinding> findings() {
    return books.audit(AuditScope.WHOLE).findings().stream()
        .filter(finding -> finding.check().startsWith("metering."))
        .toList();
  }

  private void change(String statementText) throws SQLException {
    try (Connection connection = books.database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      boolean _ = statement.execute(statementText);
    }
  }

  @Test
  void charges_are_handed_over_as_they_are_in_the_books() {
    List<SettledCharge> charges = settleEach();
    List<UsageQueries.UsageCharge> seen = new ArrayList<>();
    books.transactions.read(
        transaction -> {
          stored.forEachCharge(transaction, Instant.EPOCH, seen::add);
          return true;
        });
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            charges.stream()
                .map(
                    charge ->
                        new UsageQueries.UsageCharge(
                            charge.intent().charge(),
                            FlatPrices.VERSION,
                            charge.result().usage(),
                            0,
                            10))
                .toList());
  }
}
