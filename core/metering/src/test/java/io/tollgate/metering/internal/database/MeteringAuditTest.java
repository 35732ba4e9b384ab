package io.tollgate.metering.internal.database;

import static io.tollgate.metering.internal.database.SomeCharges.charge;
import static io.tollgate.metering.internal.database.SomeCharges.counts;
import static io.tollgate.metering.internal.database.SomeCharges.first;
import static io.tollgate.metering.internal.database.SomeCharges.pays;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditReport;
import io.tollgate.ledger.AuditScope;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.database.register.DatabaseLeases;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Settled;
import io.tollgate.metering.internal.settlement.TakeOver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damage of each kind is found and named; what is no fault is noted. */
class MeteringAuditTest {
  private final Books books = new Books();
  private final AccountId account = books.money(Books.USER, 1_000);
  private final UUID incarnation = UUID.randomUUID();
  private final HolderId log = books.log(incarnation);
  private final DatabaseSettlement settlement =
      new DatabaseSettlement(books.transactions, books.ledger, FlatPrices.BOOK, Clock.systemUTC());

  @BeforeEach
  void settleTwo() {
    assertThat(settlement.settle(first(log, charge(2, account, 100), charge(4, account, 50))))
        .isEqualTo(new Settled());
    assertThat(findings()).isEmpty();
  }

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void a_usage_record_of_another_amount_is_named() throws SQLException {
    damage("UPDATE metering.usage_record SET paid = 101 WHERE sequence = 2");
    assertThat(findings())
        .extracting(AuditFinding::check)
        .containsExactly("metering.usage_is_charged", "metering.statistics");
    assertThat(findings().getFirst().expected()).isEqualTo("quota 0, paid 101, owed 0");
    assertThat(findings().getFirst().found()).isEqualTo("quota 0, paid 100, owed 0");
  }

  @Test
  void a_price_that_counts_more_than_it_is_against_a_limit_is_named() throws SQLException {
    AccountId limit = books.allowance(Books.USER, 500);
    var limited = charge(2, Books.USER, 20, 0, List.of(pays(account, 20), counts(limit, 20)));
    HolderId other = books.log(incarnation);
    assertThat(settlement.settle(first(other, limited))).isEqualTo(new Settled());
    assertThat(findings()).isEmpty();
    damage("UPDATE metering.usage_record SET paid = 19 WHERE paid = 20");
    assertThat(findings())
        .extracting(AuditFinding::check)
        .contains("metering.limit_within_price", "metering.usage_is_charged");
  }

  @Test
  void a_usage_record_that_is_gone_is_named_by_its_charge_and_its_log() throws SQLException {
    damage("DELETE FROM metering.usage_record WHERE sequence = 4");
    assertThat(findings())
        .extracting(AuditFinding::check)
        .containsExactly(
            "metering.charge_has_usage",
            "metering.log_settled",
            "metering.statistics",
            "metering.account_cost_days");
    assertThat(findings().get(1).row()).isEqualTo("log " + log);
    assertThat(findings().get(1).found()).isEqualTo("1 charges of 1 results, records 2 to 2");
  }

  @Test
  void a_record_beyond_the_position_of_its_log_is_named() throws SQLException {
    damage("UPDATE metering.usage_record SET sequence = 900 WHERE sequence = 4");
    assertThat(findings()).extracting(AuditFinding::check).containsExactly("metering.log_settled");
  }

  @Test
  void one_result_booked_twice_is_named() throws SQLException {
    damage("UPDATE metering.usage_record SET sequence = 2 WHERE sequence = 4");
    assertThat(findings()).extracting(AuditFinding::check).containsExactly("metering.log_settled");
  }

  @Test
  void from_a_time_on_only_what_was_settled_since_is_counted() throws SQLException {
    AuditScope today = AuditScope.since(Instant.now().minus(Duration.ofHours(1)));
    damage("UPDATE metering.usage_record SET sequence = 2 WHERE sequence = 4");
    assertThat(findings(today))
        .extracting(AuditFinding::check)
        .containsExactly("metering.log_settled");
    damage("UPDATE metering.usage_record SET sequence = 900 WHERE paid = 50");
    assertThat(findings(today))
        .extracting(AuditFinding::check)
        .containsExactly("metering.log_settled");
    damage("DELETE FROM metering.usage_record WHERE paid = 50");
    assertThat(findings(today))
        .extracting(AuditFinding::check)
        .containsExactly(
            "metering.charge_has_usage",
            "metering.log_settled",
            "metering.statistics",
            "metering.account_cost_days");
    damage("UPDATE metering.meter_log SET opened_at = opened_at - interval '2 hours'");
    assertThat(findings(today))
        .extracting(AuditFinding::check)
        .containsExactly(
            "metering.charge_has_usage", "metering.statistics", "metering.account_cost_days");
  }

  @Test
  void a_record_of_a_log_that_is_not_in_the_register_is_named() throws SQLException {
    damage("UPDATE metering.usage_record SET log = gen_random_uuid() WHERE sequence = 4");
    assertThat(findings())
        .extracting(AuditFinding::check)
        .contains("metering.log_known", "metering.log_settled");
  }

  @Test
  void a_record_that_names_a_transfer_of_nobody_is_named() throws SQLException {
    damage("UPDATE metering.usage_record SET transfer_id = gen_random_uuid() WHERE sequence = 4");
    assertThat(findings())
        .extracting(AuditFinding::check)
        .containsExactly("metering.usage_names_transfer");
  }

  @Test
  void statistics_that_are_not_the_fold_are_named() throws SQLException {
    damage("UPDATE metering.usage_statistic SET input_tokens = input_tokens + 1");
    assertThat(findings()).extracting(AuditFinding::check).containsExactly("metering.statistics");
    damage("DELETE FROM metering.usage_statistic");
    assertThat(findings()).extracting(AuditFinding::check).containsExactly("metering.statistics");
  }

  @Test
  void a_lease_of_an_ended_log_is_named() throws SQLException {
    damage("UPDATE metering.meter_log SET state = 'ended'");
    assertThat(findings())
        .extracting(AuditFinding::check)
        .containsExactly("metering.lease_of_ended_log");
  }

  @Test
  void an_exception_that_is_gone_is_named() throws SQLException {
    var odd = charge(6, Books.USER, 20, 0, List.of(pays(new AccountId(99_999), 20)));
    HolderId other = books.log(incarnation);
    assertThat(settlement.keepException(first(other, odd), "nowhere")).isEqualTo(new Settled());
    assertThat(findings()).isEmpty();
    assertThat(audit().notes())
        .anyMatch(
            note ->
                note.startsWith("exception: charge " + odd.intent().charge())
                    && note.endsWith("for operator to resolve: nowhere"));
    damage("DELETE FROM metering.settlement_exception");
    assertThat(findings())
        .extracting(AuditFinding::check)
        .containsExactly("metering.exceptions_counted");
  }

  @Test
  void losses_what_was_given_up_and_forked_logs_are_noted() throws SQLException {
    AccountId other = books.money(new UserId(8), 500);
    damage(
        "INSERT INTO metering.lease VALUES ('%s', %s, 1, 1, 300, 0, false)"
            .formatted(log.value(), other));
    damage("UPDATE ledger.account SET held = 300 WHERE id = " + other);
    HolderId forked = books.log();
    books.register.fork(forked.value());
    TakeOver plan =
        new TakeOver(
            log.value(),
            books.register.find(log.value()).orElseThrow().position(),
            List.of(),
            List.of(),
            Optional.of(
                new TakeOver.Loss(Instant.EPOCH, Instant.EPOCH.plusSeconds(1), "power loss")));
    assertThat(books.register.takeOver(plan)).isTrue();
    assertThat(
            new DatabaseLeases(books.transactions, books.ledger, Clock.systemUTC())
                .lost(incarnation))
        .isEmpty();
    assertThat(audit().notes())
        .anyMatch(note -> note.startsWith("loss: log " + log) && note.endsWith("at most 300 USD"))
        .anyMatch(note -> note.startsWith("log " + forked) && note.contains("is forked"));
    assertThat(findings()).isEmpty();
  }

  private List<AuditFinding> findings() {
    return findings(AuditScope.WHOLE);
  }

  private List<AuditFinding> findings(AuditScope scope) {
    return books.audit(scope).findings().stream()
        .filter(finding -> finding.check().startsWith("metering."))
        .toList();
  }

  private AuditReport audit() {
    return books.audit();
  }

  private void damage(String statementText) throws SQLException {
    try (Connection connection = books.database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(statementText)).isPositive();
    }
  }
}
