package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.data.RecurringJob;
import io.tollgate.ground.Asset;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.UserOfTenant;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Free quota at the ends of months, in the time zones of tenants. */
@Tag("slow")
class ServiceMonthsTest {
  private final House house = new House();
  private final ServicesModule module = house.services();

  @AfterEach
  void close() {
    module.close();
    assertThat(house.audit()).isEmpty();
    house.close();
  }

  // the last instants of October and March are in another offset than the first of the month
  @ParameterizedTest
  @CsvSource({
    "Asia/Shanghai, 2026-11-30T16:00:00Z, 2026-12",
    "America/New_York, 2026-12-01T05:00:00Z, 2026-12",
    "America/New_York, 2027-11-01T04:00:00Z, 2027-11",
    "America/New_York, 2027-04-01T04:00:00Z, 2027-04",
    "America/New_York, 2027-12-01T05:00:00Z, 2027-12",
    "Pacific/Apia, 2026-11-30T11:00:00Z, 2026-12",
    "Pacific/Apia, 2027-02-28T11:00:00Z, 2027-03",
    "Asia/Shanghai, 2027-01-31T16:00:00Z, 2027-02"
  })
  void quota_is_used_to_the_last_call_of_a_month_and_fresh_with_the_next(
      String zone, Instant next, String label) {
    inZone(zone);
    house.clock.set(next.minusMillis(1));
    deduct(1_000);
    assertThatThrownBy(() -> deduct(1)).isInstanceOf(Refusal.class);
    house.clock.set(next);
    deduct(1_000);
    assertThatThrownBy(() -> deduct(1)).isInstanceOf(Refusal.class);
    assertThat(view().month()).isEqualTo(label);
    assertThat(view().used()).isEqualTo(1_000);
    assertThat(view().total()).isEqualTo(1_000);
  }

  @Test
  void the_job_gives_the_months_quota_once_over_several_processes_and_a_first_use_none_besides() {
    deduct(400);
    house.clock.set(Instant.parse("2026-11-30T16:00:00Z"));
    try (ServicesModule other = house.services()) {
      run(module);
      run(other);
      run(module);
    }
    assertThat(grants()).hasSize(1);
    assertThat(grants().getFirst().balance()).isEqualTo(1_000);
    deduct(1);
    assertThat(grants()).hasSize(1);
    assertThat(given()).isEqualTo(2);
  }

  @Test
  void a_first_use_before_the_job_grants_on_the_spot_and_the_job_nothing_more() {
    deduct(400);
    house.clock.set(Instant.parse("2026-11-30T16:00:00Z"));
    deduct(10);
    run(module);
    assertThat(grants().getFirst().balance()).isEqualTo(990);
    assertThat(given()).isEqualTo(2);
  }

  @Test
  void a_job_that_was_down_for_months_gives_the_present_one_alone() {
    deduct(400);
    house.clock.set(Instant.parse("2027-02-10T00:00:00Z"));
    run(module);
    assertThat(given()).isEqualTo(2);
    assertThat(grants().getFirst().key().period()).isEqualTo("payment:2027-02");
    house.clock.set(Instant.parse("2027-02-28T16:00:00Z"));
    run(module);
    assertThat(given()).isEqualTo(3);
  }

  @Test
  void changes_of_money_and_of_quotas_are_told_and_that_it_is_low_once_a_month() {
    house.pay(house.user("u").id(), 2_000_000_000L, "p");
    deduct(799);
    deduct(1);
    deduct(100);
    deduct(100);
    deduct(11);
    // as it was given with the first call, and after each call that used some of it
    assertThat(told("quota.updated")).isEqualTo(5);
    assertThat(told("quota.low")).isEqualTo(1);
    assertThat(told("quota.exhausted")).isEqualTo(1);
    assertThat(told("balance.changed")).isEqualTo(1);
    assertThat(told("balance.low")).isEqualTo(1);
    String changed =
        house.write(
            tx ->
                tx.sql()
                    .fetchSingle(
                        "SELECT subject || ' ' || (payload->>'balance') || ' '"
                            + " || (payload->>'change') || ' ' || user_id"
                            + " FROM data.outbox WHERE type = 'balance.changed'")
                    .get(0, String.class));
    assertThat(changed).isEqualTo("billing 0.9 -1.1 " + house.user("u").id());
  }

  @Test
  void damage_of_what_is_kept_beside_the_ledger_is_named() {
    deduct(3);
    asOwner("UPDATE billing.service_charge SET free_count = free_count + 1");
    assertThat(house.audit().stream().map(each -> each.check()).distinct())
        .containsExactly("billing.service_charges", "billing.service_days");
    asOwner("UPDATE billing.service_charge SET free_count = free_count - 1");
    asOwner("UPDATE billing.service_day SET cost = 7");
    assertThat(house.audit()).singleElement().matches(each -> each.found().contains("7"));
    asOwner("UPDATE billing.service_day SET cost = 0");
  }

  private void inZone(String zone) {
    asOwner("UPDATE identity.tenant SET zone = '" + ZoneId.of(zone).getId() + "'");
  }

  private void asOwner(String sql) {
    try (Connection connection = house.database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private void deduct(long count) {
    var _ =
        module
            .charges()
            .deduct(
                new ServiceDeduct(
                    house.tenant.id(), "u", "payment", count, Optional.empty(), Optional.empty()));
  }

  private static void run(ServicesModule process) {
    process.offers().all(RecurringJob.class).stream()
        .filter(job -> job.name().equals("billing.monthly_quotas"))
        .forEach(job -> job.work().run());
  }

  private BillingRecords.QuotaView view() {
    return module
        .records()
        .account(new UserOfTenant(house.tenant.id(), house.user("u").id()))
        .quotas()
        .stream()
        .filter(each -> each.service().equals("payment"))
        .findFirst()
        .orElseThrow();
  }

  private List<Account> grants() {
    return house.accounts(house.user("u").id()).stream()
        .filter(each -> each.key().kind() == AccountKind.GRANT)
        .filter(each -> each.key().asset().equals(Asset.calls("payment")))
        .toList();
  }

  private long given() {
    return house.write(
        tx ->
            tx.sql()
                .fetchSingle(
                    "SELECT count(*) FROM billing.given_grant WHERE asset = 'CALL:payment'")
                .get(0, Long.class));
  }

  private long told(String type) {
    return house.write(
        tx ->
            tx.sql()
                .fetchSingle("SELECT count(*) FROM data.outbox WHERE type = ?", type)
                .get(0, Long.class));
  }
}
