package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static io.tollgate.metering.internal.database.SomeCharges.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.TenantId;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageQueries.Earned;
import io.tollgate.metering.UsageQueries.ModelCallers;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.database.books.StoredUsage;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Settled;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What requests have earned until a moment, and who has asked for a model. */
class EarnedUsageTest {
  private static final TenantId OTHER = new TenantId(987);

  private final Books books = new Books();
  private final AccountId account = books.money(Books.USER, 1_000_000);
  private final HolderId log = books.log(UUID.randomUUID());
  private final UsageQueries stored = new StoredUsage();
  private final SettledCharge first = charge(2, account, 10);
  private final SettledCharge second = charge(4, account, 20);
  private final Instant begin = first.intent().at().truncatedTo(ChronoUnit.HOURS);

  @BeforeEach
  void settle() throws SQLException {
    DatabaseSettlement settlement =
        new DatabaseSettlement(
            books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());
    assertThat(settlement.settle(first(log, first, second))).isEqualTo(new Settled());
    change("UPDATE metering.usage_record SET upstream_cost = paid / 5");
    change("UPDATE metering.usage_statistic SET upstream_cost = paid / 5");
  }

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void whole_hours_and_the_hour_that_is_begun_come_to_the_same() {
    Instant after = second.intent().at().plus(Duration.ofMillis(1));
    Instant hours = after.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));

    assertThat(earned(List.of(), after)).containsExactly(sum(2, 30));
    assertThat(earned(List.of(), hours)).containsExactly(sum(2, 30));
    assertThat(earned(List.of(Books.TENANT, OTHER), hours)).containsExactly(sum(2, 30));
  }

  @Test
  void what_was_opened_at_the_end_or_by_another_tenant_does_not_count() {
    Instant end = first.intent().at();

    assertThat(earned(List.of(), end)).isEmpty();
    assertThat(earned(List.of(), begin)).isEmpty();
    assertThat(earned(List.of(OTHER), end.plus(Duration.ofHours(2)))).isEmpty();
  }

  @Test
  void a_models_callers_are_those_that_have_asked_for_it_by_any_of_its_names() {
    assertThat(callers(List.of("gpt-4o-mini", "another"))).isEqualTo(new ModelCallers(1, 1, 2));
    assertThat(callers(List.of("another"))).isEqualTo(new ModelCallers(0, 0, 0));
    assertThat(callers(List.of())).isEqualTo(new ModelCallers(0, 0, 0));
  }

  private static Earned sum(long requests, long cost) {
    return new Earned(
        Books.TENANT, Books.USD, requests, BigInteger.valueOf(cost), BigInteger.valueOf(cost / 5));
  }

  private List<Earned> earned(List<TenantId> tenants, Instant until) {
    return books.transactions.read(tx -> stored.earned(tx, tenants, begin, until));
  }

  private ModelCallers callers(List<String> names) {
    return books.transactions.read(
        tx -> stored.callers(tx, names, begin, begin.plus(Duration.ofHours(2))));
  }

  private void change(String update) throws SQLException {
    try (Connection connection = books.database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      int _ = statement.executeUpdate(update);
    }
  }
}
