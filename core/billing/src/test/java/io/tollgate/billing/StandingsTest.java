package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class StandingsTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void a_user_never_seen_before_has_the_free_quota_and_no_money() {
    UserStanding standing = house.standing(house.user("u1").id());
    assertThat(standing.quotaLimit()).isEqualTo(1000);
    assertThat(standing.quotaUsed()).isZero();
    assertThat(standing.quotaRemaining()).isEqualTo(1000);
    assertThat(standing.balance().toPlainString()).isEqualTo("0");
    assertThat(standing.allowed()).isTrue();
  }

  @Test
  void quota_used_is_what_is_gone_of_all_valid_grants() {
    UserId user = house.user("u1").id();
    house.ensure(user);
    give("u1", new Amount(Asset.TOKEN, 500), Optional.of(Duration.ofHours(1)), "k1");
    house.move(
        AccountKey.grant(house.tenant.id(), user, Asset.TOKEN, "hand:k1"),
        AccountKey.ofTenant(house.tenant.id(), AccountKind.REVENUE, Asset.TOKEN),
        200,
        "use");
    UserStanding standing = house.standing(user);
    assertThat(standing.quotaLimit()).isEqualTo(1500);
    assertThat(standing.quotaUsed()).isEqualTo(200);
    assertThat(standing.quotaRemaining()).isEqualTo(1300);
    house.clock.advance(Duration.ofHours(1));
    assertThat(house.standing(user).quotaLimit()).isEqualTo(1000);
    assertThat(house.standing(user).quotaUsed()).isZero();
  }

  @Test
  void balance_is_all_money_less_what_is_owed() {
    UserId user = house.userWithFreeTokens("u1", 0).id();
    assertThat(house.standing(user).allowed()).isFalse();
    house.move(
        AccountKey.world(house.tenant.id(), AccountKind.WORLD_PAYMENTS, House.USD),
        AccountKey.ofUser(house.tenant.id(), user, AccountKind.BALANCE, House.USD),
        10_000_000_000L,
        "pay");
    give("u1", Amount.parse(House.USD, "1"), Optional.empty(), "k1");
    give("u1", Amount.parse(House.USD, "2"), Optional.of(Duration.ofHours(1)), "k2");
    assertThat(house.standing(user).balance().toPlainString()).isEqualTo("13");
    assertThat(house.standing(user).allowed()).isTrue();
    house.owe(user, 500_000_000L, "o1");
    assertThat(house.standing(user).balance().toPlainString()).isEqualTo("12.5");
    assertThat(house.standing(user).owed().toPlainString()).isEqualTo("0.5");
    assertThat(house.standing(user).allowed()).isFalse();
  }

  @Test
  void the_version_grows_with_every_change_and_stays_without_one() {
    UserId user = house.user("u1").id();
    long first = house.standing(user).version();
    assertThat(house.standing(user).version()).isEqualTo(first);
    give("u1", Amount.parse(House.USD, "1"), Optional.of(Duration.ofHours(1)), "k1");
    long second = house.standing(user).version();
    assertThat(second).isGreaterThan(first);
    house.clock.advance(Duration.ofHours(2));
    house.run(tx -> assertThat(house.ledger.expireGrants(tx, house.clock.instant())).isOne());
    assertThat(house.standing(user).version()).isGreaterThan(second);
  }

  private void give(String user, Amount amount, Optional<Duration> lasts, String key) {
    GrantOrder order =
        new GrantOrder(house.tenant.id(), user, amount, lasts.map(House.START::plus), 0, key);
    house.run(tx -> assertThat(house.billing.grants().give(tx, order).amount()).isEqualTo(amount));
  }
}
