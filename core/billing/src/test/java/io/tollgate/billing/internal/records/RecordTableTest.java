package io.tollgate.billing.internal.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.BillingRecords.RecordFilter;
import io.tollgate.billing.RecordLists;
import io.tollgate.data.ListRequest;
import io.tollgate.data.testing.TableScans;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records and sums of users on filled tables: 30,000 charges of 300 users on 30 days. */
@Tag("slow")
class RecordTableTest {
  private static final UserId USER = new UserId(77);
  private static final TestDatabase database = TestDatabase.create();

  @BeforeAll
  static void fill() throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              """
              INSERT INTO billing.service_charge (id, tenant_id, user_id, service, request_id,
                                                  request_hash, free_count, paid_count, amount,
                                                  currency, leg_accounts, leg_units, day,
                                                  created_at)
              SELECT gen_random_uuid(), 1, 1 + n % 300, 's' || n % 7, 'r' || n,
                     sha256(n::text::bytea), 1, 1, 10, 'USD', '{1,2}', '{1,10}',
                     date '2026-11-01' + n / 1000, '2026-11-01T00:00:00Z'::timestamptz
                       + n * interval '1 minute'
                FROM generate_series(0, 29999) AS n
              """,
              """
              INSERT INTO billing.service_refund (charge_id, tenant_id, reason, refunded_at)
              SELECT id, 1, '', created_at FROM billing.service_charge
               WHERE substring(id::text, 1, 1) = '0'
              """,
              """
              INSERT INTO billing.service_day (tenant_id, user_id, service, day, free_count,
                                               paid_count, cost)
              SELECT tenant_id, user_id, service, day, sum(free_count), sum(paid_count), sum(amount)
                FROM billing.service_charge GROUP BY 1, 2, 3, 4
              """,
              "ANALYZE billing.service_charge, billing.service_refund, billing.service_day")) {
        boolean _ = statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  static List<RecordFilter> filters() {
    Optional<Instant> day = Optional.of(Instant.parse("2026-11-07T00:00:00Z"));
    return List.of(
        filter(Optional.empty(), OptionalInt.empty(), Optional.empty()),
        filter(Optional.of("s1"), OptionalInt.empty(), Optional.empty()),
        filter(Optional.empty(), OptionalInt.of(2), Optional.empty()),
        filter(Optional.of("s2"), OptionalInt.of(1), day));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void every_list_of_records_is_read_from_an_index(RecordFilter filter) {
    long seen =
        database
            .transactions()
            .read(
                transaction -> {
                  var page = RecordTable.page(transaction, USER, filter, 1, 20);
                  assertThat(TableScans.sequential(transaction, "billing", "service_charge"))
                      .isZero();
                  assertThat(TableScans.sequential(transaction, "billing", "service_refund"))
                      .isZero();
                  assertThat(TableScans.byIndex(transaction, "billing", "service_charge"))
                      .isPositive();
                  return page.total();
                });
    assertThat(seen).isPositive().isLessThanOrEqualTo(200);
  }

  @Test
  void sums_are_read_from_an_index() {
    long scans =
        database
            .transactions()
            .read(
                transaction -> {
                  Asset usd = Asset.money("USD");
                  LocalDate day = LocalDate.of(2026, 11, 7);
                  var _ =
                      StatisticTable.of(
                          transaction, USER, usd, Optional.of("s1"), day, day.plusDays(1));
                  var _ =
                      StatisticTable.of(
                          transaction, USER, usd, Optional.empty(), day, day.plusDays(30));
                  assertThat(StatisticTable.summary(transaction, USER, usd)).isNotEmpty();
                  return TableScans.sequential(transaction, "billing", "service_day");
                });
    assertThat(scans).isZero();
  }

  private static RecordFilter filter(
      Optional<String> service, OptionalInt type, Optional<Instant> start) {
    return new RecordFilter(service, type, start, Optional.empty());
  }

  @Test
  void records_of_all_users_are_read_by_the_ids_of_charges() {
    RecordLists.Filter all =
        new RecordLists.Filter(
            Optional.empty(),
            Optional.of(new TenantId(1)),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.of(Instant.EPOCH),
            Optional.empty());
    RecordLists lists = new RecordList();
    List<String> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (int part = 0; part < 3; part++) {
      ListRequest asked = new ListRequest(1, 5, cursor, false);
      var page =
          database
              .transactions()
              .read(
                  transaction -> {
                    var found = lists.page(transaction, all, asked);
                    assertThat(TableScans.sequential(transaction, "billing", "service_charge"))
                        .isZero();
                    return found;
                  });
      page.rows().forEach(row -> seen.add(row.id() + " " + row.type()));
      cursor = page.next();
    }
    assertThat(seen).hasSize(15).doesNotHaveDuplicates();
    RecordLists.Filter ofUser =
        new RecordLists.Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.of(USER),
            Optional.of("s1"),
            OptionalInt.of(2),
            Optional.empty(),
            Optional.empty());
    var own =
        database
            .transactions()
            .read(tx -> lists.page(tx, ofUser, new ListRequest(1, 3, Optional.empty(), true)));
    assertThat(own.rows())
        .hasSize(3)
        .allMatch(row -> row.type() == 2 && row.service().equals("s1"));
    assertThat(own.total().orElseThrow()).isGreaterThan(3);
    var more =
        database
            .transactions()
            .read(tx -> lists.page(tx, ofUser, new ListRequest(1, 3, own.next(), false)));
    assertThat(more.rows()).doesNotContainAnyElementsOf(own.rows());
  }
}
