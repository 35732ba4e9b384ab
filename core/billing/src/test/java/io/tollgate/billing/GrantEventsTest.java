package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.RecurringJob;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.UserId;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whatever a user is given or loses without using it is told, with what they have then. */
@Tag("slow")
class GrantEventsTest {
  private static final Duration WEEK = Duration.ofDays(7);

  private final House house = new House();
  private final UserId user = house.user("u1").id();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void the_free_quota_of_a_month_is_told_once_to_who_gets_it() {
    assertThat(house.standing(user).quotaRemaining()).isEqualTo(1000);
    assertThat(told()).hasSize(1);
    assertQuotaTold(1000, 1000);
    UserStanding again = house.standing(user);
    assertThat(told()).hasSize(1);
    assertThat(lastVersion()).isEqualTo(again.version());

    house.clock.advance(Duration.ofDays(31));
    assertThat(house.standing(user).quotaRemaining()).isEqualTo(1000);
    assertThat(told()).hasSize(2);
    assertQuotaTold(1000, 1000);
  }

  @Test
  void the_free_calls_of_a_service_are_told_by_its_name() {
    try (ServicesModule services =
        house.services(
            TestSettings.of(
                ServicesModule.ENTRY.settings(), Map.of("billing.services", "payment=0.01/5")))) {
      var _ =
          services
              .charges()
              .check(new QuotaCheck(house.tenant.id(), "u1", "payment", 1, Optional.empty()));
      JsonNode given = told().getFirst();
      assertThat(given.path("type").asString()).isEqualTo("quota.updated");
      assertThat(given.path("service_name").asString()).isEqualTo("payment");
      assertThat(given.path("quota_limit").longValue()).isEqualTo(5);
    }
  }

  @Test
  void a_grant_by_hand_its_end_and_what_is_taken_back_of_it_are_told() {
    house.ensure(user);
    give("5", Optional.empty(), "k1");
    assertMoneyTold("5", "5");
    UUID gift = give("2.5", Optional.of(WEEK), "k2");
    assertMoneyTold("7.5", "2.5");
    house.owe(user, 1_000_000_000, "owed");
    give("3", Optional.empty(), "k3");
    assertMoneyTold("9.5", "3");
    var _ = house.write(tx -> house.billing.grants().revoke(tx, gift, new AdminId(1), "mistake"));
    assertMoneyTold("7", "-2.5");
    assertThat(told().getLast().path("reference_id").asString()).isEqualTo("grant:" + gift);
    int before = told().size();
    give("3", Optional.empty(), "k3");
    var _ = house.write(tx -> house.billing.grants().revoke(tx, gift, new AdminId(1), "mistake"));
    assertThat(told()).as("repeats change nothing").hasSize(before);

    give("1", Optional.of(WEEK), "k4");
    assertMoneyTold("8", "1");
    house.clock.advance(WEEK);
    expire();
    assertMoneyTold("7", "-1");
    assertThat(house.standing(user).balance().toPlainString()).isEqualTo("7");
  }

  @Test
  void tokens_given_and_ended_are_told_as_quota() {
    house.ensure(user);
    GrantOrder order =
        new GrantOrder(
            house.tenant.id(),
            "u1",
            new Amount(Asset.TOKEN, 500),
            Optional.of(House.START.plus(WEEK)),
            0,
            "t");
    house.run(tx -> house.billing.grants().give(tx, order));
    assertQuotaTold(1500, 1500);
    house.clock.advance(WEEK);
    expire();
    assertQuotaTold(1000, 1000);
  }

  private UUID give(String money, Optional<Duration> lasts, String key) {
    GrantOrder order =
        new GrantOrder(
            house.tenant.id(),
            "u1",
            Amount.parse(House.USD, money),
            lasts.map(House.START::plus),
            0,
            key);
    return house.write(tx -> house.billing.grants().give(tx, order)).transfer();
  }

  private void expire() {
    house.billing.offers().all(RecurringJob.class).stream()
        .filter(job -> job.name().equals("ledger.expire_grants"))
        .forEach(job -> job.work().run());
  }

  private void assertMoneyTold(String balance, String change) {
    JsonNode last = told().getLast();
    assertThat(last.path("type").asString()).isEqualTo("balance.changed");
    assertThat(last.path("balance").decimalValue()).isEqualByComparingTo(new BigDecimal(balance));
    assertThat(last.path("change").decimalValue()).isEqualByComparingTo(new BigDecimal(change));
    assertThat(last.path("reason").asString()).isEqualTo("adjustment");
    assertThat(house.standing(user).balance().toDecimal())
        .isEqualByComparingTo(new BigDecimal(balance));
    assertThat(lastVersion()).isEqualTo(house.standing(user).version());
  }

  private void assertQuotaTold(long limit, long remaining) {
    JsonNode last = told().getLast();
    assertThat(last.path("type").asString()).isEqualTo("quota.updated");
    assertThat(last.path("quota_limit").longValue()).isEqualTo(limit);
    assertThat(last.path("quota_remaining").longValue()).isEqualTo(remaining);
    UserStanding standing = house.standing(user);
    assertThat(standing.quotaLimit()).isEqualTo(limit);
    assertThat(standing.quotaRemaining()).isEqualTo(remaining);
    assertThat(lastVersion()).isEqualTo(standing.version());
  }

  private long lastVersion() {
    return house.write(
        tx -> tx.sql().fetchSingle("SELECT max(version) FROM data.outbox").get(0, long.class));
  }

  /** The events of the user, in their order. */
  private List<JsonNode> told() {
    return house.write(
        tx ->
            tx.sql()
                .fetch(
                    "SELECT (payload::jsonb || jsonb_build_object('type', type))::text"
                        + " FROM data.outbox ORDER BY id")
                .map(
                    row ->
                        Json.read(
                            row.get(0, String.class)
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))));
  }
}
