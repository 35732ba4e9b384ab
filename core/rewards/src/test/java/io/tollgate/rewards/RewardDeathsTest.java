package io.tollgate.rewards;

import static io.tollgate.rewards.RewardSite.ADMIN;
import static io.tollgate.rewards.RewardSite.points;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.data.RecurringJob;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.PointCards.Given;
import io.tollgate.rewards.PointCards.UserRecharge;
import io.tollgate.rewards.ProfitShare.ProfitClose;
import io.tollgate.rewards.RewardSite.Death;
import io.tollgate.rewards.Withdrawals.Withdrawal;
import io.tollgate.rewards.Withdrawals.WithdrawalOrder;
import io.tollgate.rewards.internal.crash.RewardStep;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process ends at each step, and another one goes on: everything happens once. */
@Tag("slow")
class RewardDeathsTest {
  private static final RewardSite house = new RewardSite();

  @AfterAll
  static void close() {
    house.close();
  }

  @AfterEach
  void the_books_are_clean() {
    assertThat(house.audit()).isEmpty();
  }

  @Test
  void points_are_given_once() {
    UserId user = house.user("given");
    UserRecharge order =
        new UserRecharge(house.tenant, user, CardType.SELF, points("10"), "", Optional.of("death"));
    RewardsModule dying = house.dying(RewardStep.POINTS_BOOKING);
    assertThatThrownBy(() -> house.write(tx -> dying.cards().give(tx, order)))
        .isInstanceOf(Death.class);
    assertThat(house.card(user)).isEqualTo(PointCard.EMPTY);
    Given given = house.write(tx -> house.rewards.cards().give(tx, order));
    Given again = house.write(tx -> house.rewards.cards().give(tx, order));
    assertThat(again.transfer()).isEqualTo(given.transfer());
    assertThat(house.card(user).self()).isEqualTo(points("10"));
  }

  @ParameterizedTest
  @EnumSource(names = {"PROFIT_BOOKING", "PROFIT_BOOKED", "POOL_BOOKING", "POOL_BOOKED"})
  void a_profit_is_charged_and_its_pool_distributed_once(RewardStep step) {
    UserId inviter = house.user("inviter-" + step);
    UserId source = house.invited("source-" + step, inviter);
    house.hold(inviter, "1000");
    house.give(source, CardType.SELF, "100");
    ProfitClose close =
        new ProfitClose(
            house.tenant, source, "death-" + step, "1", points("100"), AccountNature.REAL);
    RewardsModule dying = house.dying(step);
    assertThatThrownBy(() -> house.write(tx -> dying.profits().close(tx, close)))
        .isInstanceOf(Death.class);
    // whoever told of it does not know what became of it, and tells it again
    var charge = house.write(tx -> house.rewards.profits().close(tx, close));
    assertThat(charge.charged()).isEqualTo(points("30"));
    assertThat(charge.repeated()).isEqualTo(step != RewardStep.PROFIT_BOOKING);
    house.clock.advance(Duration.ofSeconds(10));
    house.rewards.offers().all(RecurringJob.class).forEach(job -> job.work().run());
    assertThat(house.card(source).self()).isEqualTo(points("70"));
    assertThat(house.balance(inviter).available()).isEqualTo(points("1.5"));
    var pool =
        house.write(
            tx -> house.rewards.pools().find(tx, charge.pool().orElseThrow()).orElseThrow());
    assertThat(pool.pool().state()).isEqualTo(ProfitPools.PoolState.DISTRIBUTED);
  }

  @Test
  void each_step_of_a_withdrawal_is_taken_once() {
    UserId user = house.user("withdrawn");
    house.earn(user, "100");
    Withdrawals dying = house.dying(RewardStep.WITHDRAWAL_BOOKING).withdrawals();
    Withdrawals living = house.rewards.withdrawals();
    WithdrawalOrder order =
        new WithdrawalOrder(
            house.tenant, user, points("50"), "TRC20", "T1", "", Optional.of("death"));
    assertThatThrownBy(() -> house.write(tx -> dying.apply(tx, order))).isInstanceOf(Death.class);
    assertThat(house.balance(user).available()).isEqualTo(points("100"));
    Withdrawal asked = house.write(tx -> living.apply(tx, order));
    assertThatThrownBy(() -> house.write(tx -> dying.approve(tx, asked.id(), ADMIN)))
        .isInstanceOf(Death.class);
    Withdrawal _ = house.write(tx -> living.approve(tx, asked.id(), ADMIN));
    assertThatThrownBy(() -> house.write(tx -> dying.complete(tx, asked.id(), ADMIN, "h")))
        .isInstanceOf(Death.class);
    assertThat(house.balance(user).held()).isEqualTo(points("50"));
    Withdrawal _ = house.write(tx -> living.complete(tx, asked.id(), ADMIN, "h"));
    Withdrawal second = house.apply(user, "50");
    assertThatThrownBy(() -> house.write(tx -> dying.reject(tx, second.id(), ADMIN, "no")))
        .isInstanceOf(Death.class);
    assertThat(house.balance(user).held()).isEqualTo(points("50"));
    Withdrawal _ = house.write(tx -> living.reject(tx, second.id(), ADMIN, "no"));
    assertThat(house.balance(user).available()).isEqualTo(points("50"));
    assertThat(house.balance(user).withdrawn()).isEqualTo(points("50"));
  }
}
