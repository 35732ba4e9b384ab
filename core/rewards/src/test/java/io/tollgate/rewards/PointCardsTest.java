package io.tollgate.rewards;

import static io.tollgate.rewards.RewardSite.ALL;
import static io.tollgate.rewards.RewardSite.points;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.data.ListRequest;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.PointCards.Credited;
import io.tollgate.rewards.PointCards.Given;
import io.tollgate.rewards.PointCards.Moved;
import io.tollgate.rewards.PointCards.PointTransfer;
import io.tollgate.rewards.PointCards.TenantRecharge;
import io.tollgate.rewards.PointCards.UserRecharge;
import io.tollgate.rewards.PointLogs.ChangeType;
import io.tollgate.rewards.PointLogs.Owner;
import io.tollgate.rewards.PointLogs.PointLogFilter;
import io.tollgate.rewards.PointLogs.PointLogRow;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PointCardsTest {
  // one for all tests: each has users of its own
  private static final RewardSite house = new RewardSite();
  private static final PointCards cards = house.rewards.cards();

  @AfterAll
  static void close() {
    assertThat(house.audit()).isEmpty();
    house.close();
  }

  @Test
  void a_tenant_gives_what_it_has_and_both_logs_show_it() {
    UserId user = house.user("given");
    PointCard before = house.write(tx -> cards.ofTenant(tx, house.tenant));
    Given self = house.give(user, CardType.SELF, "10.5");
    Given gift = house.give(user, CardType.GIFT, "0.00000001");
    assertThat(self.tenantBefore()).isEqualTo(before);
    assertThat(self.userBefore()).isEqualTo(PointCard.EMPTY);
    assertThat(self.userAfter().self()).isEqualTo(points("10.5"));
    assertThat(gift.userAfter())
        .isEqualTo(new PointCard(points("10.5"), points("0.00000001"), Points.ZERO));
    assertThat(gift.tenantAfter().total()).isEqualTo(before.total().minus(points("10.50000001")));
    assertThat(log(user))
        .extracting(row -> row.type() + " " + row.amount() + " " + row.after().self())
        .containsExactly("GIFT 0.00000001 POINT 10.5 POINT", "RECHARGE 10.5 POINT 10.5 POINT");
    assertThat(tenantLog().getFirst())
        .matches(row -> row.type() == ChangeType.GIVEN && row.type().number(Owner.TENANTS) == 3)
        .matches(row -> row.other().equals(Optional.of(user)))
        .matches(row -> row.amount().equals(points("-0.00000001")));
  }

  @Test
  void nothing_goes_below_zero() {
    TenantId poor = house.site.tenant("poor", 0).id();
    UserId user = house.site.user(poor, "poor-user").id();
    refused(ErrorCode.INSUFFICIENT_MEANS, () -> give(poor, user, "0.00000001", Optional.empty()));
    UserId one = house.user("below-one");
    UserId other = house.invited("below-other", one);
    house.give(one, CardType.SELF, "5");
    refused(
        ErrorCode.INSUFFICIENT_MEANS,
        () -> house.transfer(one, other, CardType.SELF, "5.00000001"));
    // gift is another balance
    refused(ErrorCode.INSUFFICIENT_MEANS, () -> house.transfer(one, other, CardType.GIFT, "1"));
    assertThat(house.card(one).total()).isEqualTo(points("5"));
    assertThat(house.card(other)).isEqualTo(PointCard.EMPTY);
  }

  @Test
  void amounts_are_above_zero_and_have_eight_decimals() {
    refused(ErrorCode.INVALID_REQUEST, () -> points("0.000000001"));
    UserId user = house.user("amounts");
    refused(ErrorCode.INVALID_REQUEST, () -> house.give(user, CardType.SELF, "0"));
    refused(ErrorCode.INVALID_REQUEST, () -> house.give(user, CardType.SELF, "-1"));
    refused(ErrorCode.INVALID_REQUEST, () -> CardType.of("type", 3));
  }

  @Test
  void what_went_to_and_fro_sums_up_to_more_than_an_account_can_hold() {
    UserId one = house.user("fro-one");
    UserId other = house.invited("fro-other", one);
    PointLogFilter all =
        new PointLogFilter(
            Optional.of(house.tenant),
            Optional.of(Owner.USERS),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    PointLogs.PointFlow before = house.write(tx -> house.rewards.pointLogs().flow(tx, all));
    String most = "1000000000";
    TenantRecharge order =
        new TenantRecharge(house.tenant, CardType.SELF, points(most), "", Optional.empty());
    Credited _ = house.write(tx -> cards.rechargeTenant(tx, order));
    house.give(one, CardType.SELF, most);
    for (int times = 0; times < 47; times++) {
      house.transfer(one, other, CardType.SELF, most);
      house.transfer(other, one, CardType.SELF, most);
    }
    PointLogs.PointFlow flow = house.write(tx -> house.rewards.pointLogs().flow(tx, all));
    assertThat(flow.in().subtract(before.in())).isEqualByComparingTo("95000000000");
    assertThat(flow.out().subtract(before.out())).isEqualByComparingTo("94000000000");
  }

  @Test
  void users_give_within_one_invitation_line_only() {
    UserId top = house.user("line-top");
    UserId middle = house.invited("line-middle", top);
    UserId bottom = house.invited("line-bottom", middle);
    UserId aside = house.invited("line-aside", top);
    house.give(top, CardType.SELF, "100");
    house.give(top, CardType.GIFT, "100");
    Moved moved = house.transfer(top, bottom, CardType.SELF, "10");
    assertThat(moved.fromAfter().self()).isEqualTo(points("90"));
    assertThat(moved.toAfter().self()).isEqualTo(points("10"));
    assertThat(house.transfer(bottom, top, CardType.SELF, "4").fromAfter().self())
        .isEqualTo(points("6"));
    house.transfer(top, middle, CardType.GIFT, "1");
    refused(ErrorCode.FORBIDDEN, () -> house.transfer(bottom, aside, CardType.SELF, "1"));
    refused(
        ErrorCode.FORBIDDEN,
        () -> house.transfer(top, house.user("line-none"), CardType.SELF, "1"));
    refused(ErrorCode.INVALID_REQUEST, () -> house.transfer(top, top, CardType.SELF, "1"));
    assertThat(log(bottom))
        .extracting(row -> row.type() + " " + row.amount() + " " + row.other().orElseThrow())
        .containsExactly("OUT -4 POINT " + top, "IN 10 POINT " + top);
  }

  @Test
  void nobody_gives_across_tenants() {
    TenantId elsewhere = house.tenant("elsewhere");
    UserId stranger = house.site.user(elsewhere, "stranger").id();
    UserId own = house.user("own");
    house.give(own, CardType.SELF, "1");
    refused(ErrorCode.USER_NOT_FOUND, () -> house.give(stranger, CardType.SELF, "1"));
    refused(ErrorCode.USER_NOT_FOUND, () -> house.transfer(own, stranger, CardType.SELF, "1"));
    refused(ErrorCode.USER_NOT_FOUND, () -> house.transfer(stranger, own, CardType.SELF, "1"));
  }

  @Test
  void a_tenant_may_let_all_its_users_give_to_each_other() {
    try (RewardSite other = new RewardSite()) {
      UserId one = other.user("one");
      UserId two = other.user("two");
      other.give(one, CardType.SELF, "3");
      RewardTerms terms = RewardTerms.DEFAULT;
      other.terms(
          new RewardTerms(terms.profitRate(), false, true, terms.levels(), terms.withdrawals()));
      assertThat(other.transfer(one, two, CardType.SELF, "3").toAfter().self())
          .isEqualTo(points("3"));
    }
  }

  @Test
  void one_key_is_one_operation_and_its_answer_the_first() {
    UserId user = house.user("keyed");
    Given first = give(house.tenant, user, "7", Optional.of("k1"));
    house.give(user, CardType.SELF, "1");
    Given again = give(house.tenant, user, "7.0", Optional.of("k1"));
    assertThat(again.repeated()).isTrue();
    assertThat(again).usingRecursiveComparison().ignoringFields("repeated").isEqualTo(first);
    refused(ErrorCode.IDEMPOTENCY_CONFLICT, () -> give(house.tenant, user, "8", Optional.of("k1")));
    refused(
        ErrorCode.IDEMPOTENCY_CONFLICT,
        () -> give(house.tenant, house.user("keyed-other"), "7", Optional.of("k1")));
    refused(ErrorCode.INVALID_REQUEST, () -> give(house.tenant, user, "7", Optional.of("")));
    assertThat(house.card(user).self()).isEqualTo(points("8"));
    // of another tenant it is another key
    TenantId tenant = house.tenant("keyed");
    UserId theirs = house.site.user(tenant, "theirs").id();
    assertThat(give(tenant, theirs, "7", Optional.of("k1")).repeated()).isFalse();
  }

  @Test
  void recharges_and_transfers_under_one_key_happen_once() {
    TenantId tenant = house.site.tenant("recharged", 0).id();
    TenantRecharge order =
        new TenantRecharge(tenant, CardType.SELF, points("5"), "paid in", Optional.of("r"));
    Credited first = house.write(tx -> cards.rechargeTenant(tx, order));
    Credited again = house.write(tx -> cards.rechargeTenant(tx, order));
    assertThat(again.transfer()).isEqualTo(first.transfer());
    assertThat(again.after().self()).isEqualTo(points("5"));
    UserId one = house.user("once-one");
    UserId two = house.invited("once-two", one);
    house.give(one, CardType.SELF, "10");
    PointTransfer transfer =
        new PointTransfer(house.tenant, one, two, CardType.SELF, points("4"), "", Optional.of("t"));
    Moved moved = house.write(tx -> cards.transfer(tx, transfer));
    Moved repeated = house.write(tx -> cards.transfer(tx, transfer));
    assertThat(repeated.transfer()).isEqualTo(moved.transfer());
    assertThat(repeated.toAfter()).isEqualTo(moved.toAfter());
    assertThat(house.card(one).self()).isEqualTo(points("6"));
  }

  @Test
  void many_at_once_under_one_key_move_points_once() throws Exception {
    UserId user = house.user("at-once");
    List<Callable<Given>> callers =
        Collections.nCopies(20, () -> give(house.tenant, user, "2", Optional.of("at-once")));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Given> answer : threads.invokeAll(callers)) {
        assertThat(answer.get().userAfter().self()).isEqualTo(points("2"));
      }
    }
    assertThat(house.card(user).self()).isEqualTo(points("2"));
    assertThat(log(user)).hasSize(1);
  }

  @Test
  void circles_of_transfers_at_once_lose_and_make_nothing() throws Exception {
    UserId one = house.user("circle-one");
    UserId two = house.invited("circle-two", one);
    UserId three = house.invited("circle-three", two);
    List<UserId> circle = List.of(one, two, three);
    for (UserId user : circle) {
      house.give(user, CardType.SELF, "100");
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Moved>> moves =
          IntStream.range(0, 60)
              .<Callable<Moved>>mapToObj(
                  i ->
                      () ->
                          house.transfer(
                              circle.get(i % 3), circle.get((i + 1) % 3), CardType.SELF, "1"))
              .toList();
      for (Future<Moved> answer : threads.invokeAll(moves)) {
        var _ = answer.get();
      }
    }
    for (UserId user : circle) {
      assertThat(house.card(user).self()).isEqualTo(points("100"));
    }
  }

  @Test
  void what_is_owed_is_paid_by_the_next_credit_of_either_type() {
    UserId user = house.user("owing");
    house.close(user, "a", "1", "100");
    assertThat(house.card(user)).isEqualTo(new PointCard(Points.ZERO, Points.ZERO, points("30")));
    assertThat(house.<Boolean>write(tx -> cards.isPaused(tx, house.tenant, user, Points.ZERO)))
        .isTrue();
    Given gift = house.give(user, CardType.GIFT, "10");
    assertThat(gift.userAfter()).isEqualTo(new PointCard(Points.ZERO, Points.ZERO, points("20")));
    Given self = give(house.tenant, user, "25", Optional.of("owing"));
    assertThat(self.userBefore().owed()).isEqualTo(points("20"));
    assertThat(self.userAfter()).isEqualTo(new PointCard(points("5"), Points.ZERO, Points.ZERO));
    assertThat(give(house.tenant, user, "25", Optional.of("owing")).userAfter())
        .isEqualTo(self.userAfter());
    assertThat(log(user))
        .extracting(row -> row.type() + " " + row.amount())
        .containsExactly(
            "PROFIT_CHARGE -20 POINT",
            "RECHARGE 25 POINT",
            "PROFIT_CHARGE -10 POINT",
            "GIFT 10 POINT",
            "PROFIT_CHARGE 0 POINT");
    assertThat(house.<Boolean>write(tx -> cards.isPaused(tx, house.tenant, user, points("5"))))
        .isFalse();
    assertThat(house.<Boolean>write(tx -> cards.isPaused(tx, house.tenant, user, points("5.1"))))
        .isTrue();
  }

  @Test
  void a_gift_of_another_user_pays_what_is_owed_too() {
    UserId one = house.user("pays-one");
    UserId two = house.invited("pays-two", one);
    house.close(two, "b", "1", "10");
    house.give(one, CardType.SELF, "10");
    Moved moved = house.transfer(one, two, CardType.SELF, "5");
    assertThat(moved.toAfter()).isEqualTo(new PointCard(points("2"), Points.ZERO, Points.ZERO));
    assertThat(
            house.<Collection<UserId>>write(tx -> cards.owing(tx, house.tenant, List.of(one, two))))
        .isEmpty();
  }

  @Test
  void the_log_is_paged_filtered_and_counted() {
    UserId user = house.user("paged");
    for (int i = 1; i <= 5; i++) {
      house.give(user, i % 2 == 0 ? CardType.GIFT : CardType.SELF, Integer.toString(i));
    }
    var first =
        house.write(
            tx ->
                house
                    .rewards
                    .pointLogs()
                    .page(tx, filter(user), new ListRequest(1, 2, Optional.empty(), true)));
    assertThat(first.rows())
        .extracting(row -> row.amount().toPlainString())
        .containsExactly("5", "4");
    assertThat(first.total()).hasValue(5);
    var second =
        house.write(
            tx ->
                house
                    .rewards
                    .pointLogs()
                    .page(tx, filter(user), new ListRequest(1, 2, first.next(), false)));
    assertThat(second.rows())
        .extracting(row -> row.amount().toPlainString())
        .containsExactly("3", "2");
    PointLogFilter gifts =
        new PointLogFilter(
            Optional.of(house.tenant),
            Optional.of(Owner.USERS),
            Optional.of(user),
            Optional.of(ChangeType.of(Owner.USERS, 2)),
            Optional.of(house.clock.instant().minusSeconds(60)),
            Optional.of(house.clock.instant().plusSeconds(60)));
    assertThat(house.write(tx -> house.rewards.pointLogs().page(tx, gifts, ALL)).rows())
        .extracting(row -> row.amount().toPlainString())
        .containsExactly("4", "2");
    assertThat(house.write(tx -> house.rewards.pointLogs().flow(tx, gifts)).in())
        .isEqualByComparingTo("6");
    refused(ErrorCode.INVALID_REQUEST, () -> ChangeType.of(Owner.TENANTS, 4));
    assertThat(house.write(tx -> cards.ofUsers(tx, house.tenant, List.of(user))).get(user))
        .isEqualTo(house.card(user));
  }

  @Test
  void users_together_have_what_they_have_one_by_one() {
    try (RewardSite other = new RewardSite()) {
      UserId one = other.user("one");
      UserId two = other.user("two");
      other.give(one, CardType.SELF, "3");
      other.give(two, CardType.GIFT, "4");
      other.close(one, "a", "1", "20");
      assertThat(other.<PointCard>write(tx -> other.rewards.cards().ofAllUsers(tx, other.tenant)))
          .isEqualTo(new PointCard(Points.ZERO, points("4"), points("3")));
    }
  }

  private static Given give(TenantId tenant, UserId user, String amount, Optional<String> key) {
    return house.write(
        tx ->
            cards.give(tx, new UserRecharge(tenant, user, CardType.SELF, points(amount), "", key)));
  }

  private static PointLogFilter filter(UserId user) {
    return new PointLogFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.of(user),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static List<PointLogRow> log(UserId user) {
    return house.write(tx -> house.rewards.pointLogs().page(tx, filter(user), ALL)).rows();
  }

  private static List<PointLogRow> tenantLog() {
    PointLogFilter own =
        new PointLogFilter(
            Optional.of(house.tenant),
            Optional.of(Owner.TENANTS),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return house.write(tx -> house.rewards.pointLogs().page(tx, own, ALL)).rows();
  }

  static void refused(ErrorCode code, Callable<?> call) {
    assertThatThrownBy(call::call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
