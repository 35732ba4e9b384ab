package io.tollgate.rewards;

import static io.tollgate.rewards.PointCardsTest.refused;
import static io.tollgate.rewards.RewardSite.ADMIN;
import static io.tollgate.rewards.RewardSite.ALL;
import static io.tollgate.rewards.RewardSite.OTHER_ADMIN;
import static io.tollgate.rewards.RewardSite.points;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.RewardTerms.WithdrawalTerms;
import io.tollgate.rewards.Withdrawals.Withdrawal;
import io.tollgate.rewards.Withdrawals.WithdrawalFilter;
import io.tollgate.rewards.Withdrawals.WithdrawalOrder;
import io.tollgate.rewards.Withdrawals.WithdrawalStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class WithdrawalsTest {
  private static final RewardSite house = new RewardSite();
  private static final Withdrawals withdrawals = house.rewards.withdrawals();

  @AfterAll
  static void close() {
    assertThat(house.audit()).isEmpty();
    house.close();
  }

  @Test
  void what_is_asked_for_is_held_and_paid_once() {
    UserId user = earned("paid", "100");
    Withdrawal asked = house.apply(user, "60.33333333");
    assertThat(asked.fee()).isEqualTo(points("3.02"));
    assertThat(asked.actualAmount()).isEqualTo(points("57.31333333"));
    assertThat(house.balance(user).available()).isEqualTo(points("39.66666667"));
    assertThat(house.balance(user).held()).isEqualTo(points("60.33333333"));
    refused(ErrorCode.CONFLICT, () -> complete(asked, "hash"));
    assertThat(approve(asked).status()).isEqualTo(WithdrawalStatus.APPROVED);
    refused(ErrorCode.CONFLICT, () -> approve(asked));
    refused(ErrorCode.CONFLICT, () -> reject(asked));
    refused(ErrorCode.INVALID_REQUEST, () -> complete(asked, " "));
    Withdrawal done = complete(asked, "hash");
    assertThat(done.status()).isEqualTo(WithdrawalStatus.DONE);
    assertThat(done.txHash()).contains("hash");
    refused(ErrorCode.CONFLICT, () -> complete(asked, "hash"));
    assertThat(house.balance(user))
        .isEqualTo(
            new Rewards.RewardBalance(
                points("39.66666667"), Points.ZERO, points("100"), points("60.33333333")));
  }

  @Test
  void a_rejected_one_gives_everything_back() {
    UserId user = earned("rejected", "100");
    Withdrawal asked = house.apply(user, "50");
    refused(
        ErrorCode.INVALID_REQUEST,
        () -> house.write(tx -> withdrawals.reject(tx, asked.id(), ADMIN, "")));
    Withdrawal rejected = reject(asked);
    assertThat(rejected.status()).isEqualTo(WithdrawalStatus.REJECTED);
    assertThat(rejected.rejectReason()).contains("no");
    assertThat(house.balance(user).available()).isEqualTo(points("100"));
    refused(ErrorCode.CONFLICT, () -> approve(asked));
  }

  @Test
  void two_administrators_at_once_give_one_result() throws Exception {
    UserId user = earned("race", "1000");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        Withdrawal asked = house.apply(user, "50");
        List<Callable<Withdrawal>> both = List.of(() -> approve(asked), () -> reject(asked));
        List<Withdrawal> done = new ArrayList<>();
        int told = 0;
        for (Future<Withdrawal> answer : threads.invokeAll(both)) {
          try {
            done.add(answer.get());
          } catch (ExecutionException e) {
            assertThat(e.getCause())
                .isInstanceOfSatisfying(
                    Refusal.class,
                    refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT));
            told++;
          }
        }
        assertThat(done).hasSize(1);
        assertThat(told).isEqualTo(1);
        assertThat(house.<Optional<Withdrawal>>write(tx -> withdrawals.find(tx, asked.id())))
            .contains(done.getFirst());
      }
    }
  }

  @Test
  void amounts_addresses_and_networks_are_checked() {
    UserId user = earned("checked", "100");
    refused(ErrorCode.INVALID_REQUEST, () -> house.apply(user, "49.99999999"));
    refused(ErrorCode.INSUFFICIENT_MEANS, () -> house.apply(user, "100.00000001"));
    refused(ErrorCode.INSUFFICIENT_MEANS, () -> house.apply(house.user("nothing"), "50"));
    for (WithdrawalOrder wrong :
        List.of(order(user, "DOGE", "T1"), order(user, "TRC20", ""), order(user, "TRC20", "a b"))) {
      refused(ErrorCode.INVALID_REQUEST, () -> house.write(tx -> withdrawals.apply(tx, wrong)));
    }
    refused(
        ErrorCode.NOT_FOUND,
        () -> house.write(tx -> withdrawals.approve(tx, Long.MAX_VALUE, ADMIN)));
    assertThat(house.balance(user).available()).isEqualTo(points("100"));
  }

  @Test
  void many_at_once_hold_no_more_than_is_there() throws Exception {
    UserId user = earned("many", "200");
    int refusals = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Withdrawal>> callers = Collections.nCopies(12, () -> house.apply(user, "50"));
      for (Future<Withdrawal> answer : threads.invokeAll(callers)) {
        try {
          var _ = answer.get();
        } catch (ExecutionException e) {
          refusals++;
        }
      }
    }
    assertThat(refusals).isEqualTo(8);
    assertThat(house.balance(user).available()).isEqualTo(Points.ZERO);
  }

  @Test
  void one_key_is_one_withdrawal() {
    UserId user = earned("key", "200");
    WithdrawalOrder order = keyed(user, "50");
    Withdrawal first = house.write(tx -> withdrawals.apply(tx, order));
    assertThat(house.<Withdrawal>write(tx -> withdrawals.apply(tx, order))).isEqualTo(first);
    refused(
        ErrorCode.IDEMPOTENCY_CONFLICT,
        () -> house.write(tx -> withdrawals.apply(tx, keyed(user, "51"))));
    assertThat(house.balance(user).held()).isEqualTo(points("50"));
  }

  @Test
  void above_an_amount_two_administrators_approve() {
    try (RewardSite other = new RewardSite()) {
      other.terms(with(Duration.ZERO, Optional.empty(), Optional.of("80")));
      UserId user = other.user("two");
      other.earn(user, "200");
      Withdrawals there = other.rewards.withdrawals();
      Withdrawal small = other.apply(user, "79");
      assertThat(other.write(tx -> there.approve(tx, small.id(), ADMIN)).status())
          .isEqualTo(WithdrawalStatus.APPROVED);
      Withdrawal large = other.apply(user, "80");
      Withdrawal noted = other.write(tx -> there.approve(tx, large.id(), ADMIN));
      assertThat(noted.status()).isEqualTo(WithdrawalStatus.WAITING);
      assertThat(noted.firstApproval().orElseThrow().admin()).isEqualTo(ADMIN);
      refused(ErrorCode.CONFLICT, () -> other.write(tx -> there.approve(tx, large.id(), ADMIN)));
      Withdrawal approved = other.write(tx -> there.approve(tx, large.id(), OTHER_ADMIN));
      assertThat(approved.status()).isEqualTo(WithdrawalStatus.APPROVED);
      assertThat(approved.audited().orElseThrow().admin()).isEqualTo(OTHER_ADMIN);
      assertThat(other.audit()).isEmpty();
    }
  }

  @Test
  void a_day_has_a_limit_and_new_addresses_wait() {
    try (RewardSite other = new RewardSite()) {
      UserId user = other.user("limits");
      other.earn(user, "400");
      Withdrawals there = other.rewards.withdrawals();
      other.terms(with(Duration.ofHours(24), Optional.of("100"), Optional.empty()));
      refused(ErrorCode.CONFLICT, () -> other.apply(user, "50"));
      var noted = other.write(tx -> there.note(tx, other.tenant, user, "TRC20", "TAddress1"));
      assertThat(noted.usableFrom()).isEqualTo(noted.notedAt().plus(Duration.ofHours(24)));
      refused(ErrorCode.CONFLICT, () -> other.apply(user, "50"));
      other.clock.advance(Duration.ofHours(24));
      Withdrawal first = other.apply(user, "60");
      refused(ErrorCode.CONFLICT, () -> other.apply(user, "50"));
      other.write(tx -> there.reject(tx, first.id(), ADMIN, "no"));
      other.apply(user, "100");
      refused(ErrorCode.CONFLICT, () -> other.apply(user, "50"));
      other.clock.advance(Duration.ofHours(24));
      other.apply(user, "50");
      assertThat(
              other.<List<Withdrawals.PayoutAddress>>write(
                  tx -> there.addresses(tx, other.tenant, user)))
          .hasSize(1);
    }
  }

  @Test
  void the_list_is_filtered_and_the_figures_add_up() {
    try (RewardSite other = new RewardSite()) {
      UserId user = other.user("listed");
      other.earn(user, "400");
      Withdrawals there = other.rewards.withdrawals();
      Withdrawal one = other.apply(user, "50");
      Withdrawal two = other.apply(user, "60");
      other.write(tx -> there.approve(tx, one.id(), ADMIN));
      other.write(tx -> there.complete(tx, one.id(), ADMIN, "h"));
      WithdrawalFilter waiting =
          new WithdrawalFilter(
              Optional.of(other.tenant),
              Optional.of(user),
              Optional.of(WithdrawalStatus.of("status", 0)),
              Optional.empty(),
              Optional.empty());
      assertThat(other.write(tx -> there.page(tx, waiting, ALL)).rows())
          .extracting(Withdrawal::id)
          .containsExactly(two.id());
      var stats = other.write(tx -> there.stats(tx, Optional.of(other.tenant)));
      assertThat(stats.waiting()).isEqualTo(new Withdrawals.StatusSum(1, points("60")));
      assertThat(stats.done()).isEqualTo(new Withdrawals.StatusSum(1, points("50")));
      assertThat(stats.feesTaken()).isEqualTo(points("2.5"));
      refused(ErrorCode.INVALID_REQUEST, () -> WithdrawalStatus.of("status", 4));
    }
  }

  private static RewardTerms with(
      Duration coolDown, Optional<String> dailyLimit, Optional<String> second) {
    RewardTerms terms = RewardTerms.DEFAULT;
    return new RewardTerms(
        terms.profitRate(),
        false,
        false,
        terms.levels(),
        new WithdrawalTerms(
            points("50"),
            new BigDecimal("0.05"),
            List.of("TRC20"),
            coolDown,
            dailyLimit.map(RewardSite::points),
            second.map(RewardSite::points)));
  }

  private static UserId earned(String name, String amount) {
    UserId user = house.user(name);
    house.earn(user, amount);
    return user;
  }

  private static WithdrawalOrder order(UserId user, String network, String address) {
    return new WithdrawalOrder(
        house.tenant, user, points("50"), network, address, "", Optional.empty());
  }

  private static WithdrawalOrder keyed(UserId user, String amount) {
    return new WithdrawalOrder(
        house.tenant, user, points(amount), "TRC20", "T1", "", Optional.of("one"));
  }

  private static Withdrawal approve(Withdrawal asked) {
    return house.write(tx -> withdrawals.approve(tx, asked.id(), ADMIN));
  }

  private static Withdrawal reject(Withdrawal asked) {
    return house.write(tx -> withdrawals.reject(tx, asked.id(), OTHER_ADMIN, "no"));
  }

  private static Withdrawal complete(Withdrawal asked, String hash) {
    return house.write(tx -> withdrawals.complete(tx, asked.id(), ADMIN, hash));
  }
}
