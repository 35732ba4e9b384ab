package io.tollgate.rewards;

import static io.tollgate.rewards.PointCardsTest.refused;
import static io.tollgate.rewards.RewardSite.ALL;
import static io.tollgate.rewards.RewardSite.points;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.Members.AccountHolding;
import io.tollgate.rewards.Members.Standing;
import io.tollgate.rewards.Members.TeamMember;
import io.tollgate.rewards.RewardTerms.LevelTerms;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class MembersTest {
  private static final RewardSite house = new RewardSite();
  private static final Members members = house.rewards.members();

  @AfterAll
  static void close() {
    assertThat(house.audit()).isEmpty();
    house.close();
  }

  @Test
  void a_level_needs_an_own_holding_and_the_performance_of_the_team() {
    UserId top = house.user("level-top");
    UserId below = house.invited("level-below", top);
    house.hold(below, "9999.99999999");
    house.hold(top, "1000");
    assertThat(house.standing(top).levelName()).isEqualTo("S0");
    house.hold(below, "10000");
    assertThat(house.standing(top).levelName()).isEqualTo("S1");
    house.hold(top, "999.99999999");
    assertThat(house.standing(top).levelName()).isEqualTo("S0");
    house.hold(top, "1000");
    UserId deep = house.invited("level-deep", house.invited("level-between", below));
    house.hold(deep, "10000000");
    assertThat(house.standing(top))
        .isEqualTo(new Standing(top, 7, false, points("1000"), 1, 3, points("10010000")));
    house.hold(deep, "0");
    assertThat(house.standing(top).levelName()).isEqualTo("S1");
  }

  @Test
  void accounts_add_up_and_a_total_takes_their_place() {
    UserId top = house.user("accounts-top");
    UserId user = house.invited("accounts", top);
    tell(user, "a", "10");
    tell(user, "b", "5");
    tell(user, "a", "7");
    assertThat(house.standing(user).selfHold()).isEqualTo(points("12"));
    assertThat(house.standing(top).teamPerformance()).isEqualTo(points("12"));
    house.hold(user, "3");
    assertThat(house.standing(user).selfHold()).isEqualTo(points("3"));
    tell(user, "b", "4");
    assertThat(house.standing(user).selfHold()).isEqualTo(points("4"));
    tell(user, "b", "0");
    assertThat(house.standing(top).teamPerformance()).isEqualTo(Points.ZERO);
    refused(
        ErrorCode.INVALID_REQUEST,
        () -> house.write(tx -> members.tellTotal(tx, house.tenant, user, points("-1"))));
  }

  @Test
  void everybody_above_is_updated_once_for_all_that_is_told_together() {
    UserId top = house.user("together-top");
    UserId left = house.invited("together-left", top);
    UserId right = house.invited("together-right", left);
    house.run(
        tx ->
            members.tellAccounts(
                tx,
                house.tenant,
                List.of(
                    holding(right, "r", "100"), holding(left, "l", "10"), holding(top, "t", "1"))));
    assertThat(house.standing(top).teamPerformance()).isEqualTo(points("110"));
    assertThat(house.standing(left).teamPerformance()).isEqualTo(points("100"));
    assertThat(house.standing(right).teamPerformance()).isEqualTo(Points.ZERO);
  }

  @Test
  void teams_are_listed_and_counted_by_whoever_was_invited() {
    UserId top = house.user("team-top");
    UserId one = house.invited("team-one", top);
    UserId two = house.invited("team-two", top);
    house.invited("team-three", one);
    house.node(one);
    var team = house.write(tx -> members.team(tx, house.tenant, top, ALL));
    assertThat(team.rows()).extracting(TeamMember::user).containsExactly(two, one);
    assertThat(team.total()).hasValue(2);
    assertThat(team.rows().getLast().standing())
        .matches(standing -> standing.marketNode() && standing.totalCount() == 1);
    assertThat(house.standing(top))
        .matches(standing -> standing.directCount() == 2 && standing.totalCount() == 3);
  }

  @Test
  void other_tenants_have_no_part_in_it() {
    TenantId elsewhere = house.site.tenant("teams-elsewhere", 0).id();
    UserId stranger = house.site.user(elsewhere, "teams-stranger").id();
    UserId own = house.user("teams-own");
    assertThatThrownBy(() -> house.invite(own, stranger))
        .hasMessageContaining("tenant_user_inviter");
    refused(ErrorCode.USER_NOT_FOUND, () -> house.standing(stranger));
    refused(
        ErrorCode.USER_NOT_FOUND,
        () -> house.write(tx -> members.team(tx, house.tenant, stranger, ALL)));
    refused(
        ErrorCode.USER_NOT_FOUND,
        () -> house.write(tx -> members.tellTotal(tx, house.tenant, stranger, points("1"))));
  }

  @Test
  void invitations_have_no_circle_and_an_inviter_stays() {
    UserId one = house.user("ring-one");
    UserId two = house.invited("ring-two", one);
    UserId three = house.invited("ring-three", two);
    assertThatThrownBy(() -> house.invite(one, three)).hasMessageContaining("above themselves");
    assertThatThrownBy(() -> house.invite(one, one)).hasMessageContaining("not_own_inviter");
    assertThatThrownBy(() -> house.invite(three, one)).hasMessageContaining("who stays");
    assertThat(house.standing(one).totalCount()).isEqualTo(2);
  }

  @Test
  void two_who_put_each_other_below_themselves_at_once_make_no_circle() throws Exception {
    for (int i = 0; i < 5; i++) {
      UserId one = house.user("cross-one-" + i);
      UserId two = house.user("cross-two-" + i);
      int done = 0;
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Boolean>> both = List.of(() -> invited(one, two), () -> invited(two, one));
        for (Future<Boolean> answer : threads.invokeAll(both)) {
          done += answer.get() ? 1 : 0;
        }
      }
      assertThat(done).isEqualTo(1);
    }
  }

  @Test
  void holdings_told_at_once_by_many_add_up() throws Exception {
    UserId top = house.user("busy-top");
    List<UserId> team = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      team.add(house.invited("busy-" + i, i < 3 ? top : team.get(i / 3)));
    }
    List<Callable<Standing>> told = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      UserId user = team.get(i % team.size());
      String amount = Integer.toString(1 + i);
      told.add(() -> house.write(tx -> members.tellTotal(tx, house.tenant, user, points(amount))));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Standing> answer : threads.invokeAll(told)) {
        var _ = answer.get();
      }
    }
    assertThat(house.<Integer>write(tx -> members.recompute(tx, house.tenant))).isZero();
  }

  @Test
  void random_teams_are_what_a_computation_from_nothing_says() {
    Random random = new Random(7);
    try (RewardSite other = new RewardSite()) {
      List<UserId> people = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        UserId user = other.user("random-" + i);
        if (i > 0 && random.nextInt(5) > 0) {
          other.invite(user, people.get(random.nextInt(people.size())));
        }
        people.add(user);
      }
      for (int i = 0; i < 120; i++) {
        other.hold(
            people.get(random.nextInt(people.size())), Integer.toString(random.nextInt(20_000)));
      }
      assertThat(other.<Integer>write(tx -> other.rewards.members().recompute(tx, other.tenant)))
          .isZero();
      assertThat(other.audit()).isEmpty();
      // what is wrong is put right, whole
      other.run(
          tx -> {
            var _ = tx.sql().execute("UPDATE rewards.member SET team_performance = 1, level = 3");
          });
      assertThat(other.audit()).isNotEmpty();
      assertThat(other.<Integer>write(tx -> other.rewards.members().recompute(tx, other.tenant)))
          .isPositive();
      assertThat(other.audit()).isEmpty();
    }
  }

  @Test
  void another_table_of_levels_holds_at_once() {
    try (RewardSite other = new RewardSite()) {
      UserId top = other.user("table-top");
      other.hold(other.invited("table-below", top), "500");
      other.hold(top, "1000");
      assertThat(other.standing(top).level()).isZero();
      List<LevelTerms> levels = new ArrayList<>(RewardTerms.DEFAULT.levels());
      levels.set(0, new LevelTerms(points("500"), new BigDecimal("0.1")));
      RewardTerms terms = RewardTerms.DEFAULT;
      RewardTerms lower =
          new RewardTerms(terms.profitRate(), false, false, levels, terms.withdrawals());
      other.terms(lower);
      assertThat(other.standing(top).level()).isEqualTo(1);
      assertThat(other.<RewardTerms>write(tx -> other.rewards.terms().of(tx, other.tenant)))
          .isEqualTo(lower);
    }
  }

  @Test
  void tables_of_levels_that_make_no_sense_are_refused() {
    List<LevelTerms> levels = RewardTerms.DEFAULT.levels();
    refused(ErrorCode.INVALID_REQUEST, () -> table(levels.subList(0, 6)));
    refused(ErrorCode.INVALID_REQUEST, () -> table(levels.reversed()));
    refused(ErrorCode.INVALID_REQUEST, () -> new LevelTerms(points("1"), new BigDecimal("1.1")));
    refused(
        ErrorCode.INVALID_REQUEST, () -> new LevelTerms(points("1"), new BigDecimal("0.00001")));
  }

  private static RewardTerms table(List<LevelTerms> levels) {
    return new RewardTerms(
        BigDecimal.ONE, false, false, levels, RewardTerms.WithdrawalTerms.DEFAULT);
  }

  private static boolean invited(UserId user, UserId inviter) {
    try {
      house.invite(user, inviter);
      return true;
    } catch (RuntimeException e) {
      assertThat(e).hasMessageContaining("above themselves");
      return false;
    }
  }

  private static AccountHolding holding(UserId user, String account, String amount) {
    return new AccountHolding(user, account, points(amount), AccountNature.REAL);
  }

  private static void tell(UserId user, String account, String amount) {
    house.run(
        tx -> members.tellAccounts(tx, house.tenant, List.of(holding(user, account, amount))));
  }
}
