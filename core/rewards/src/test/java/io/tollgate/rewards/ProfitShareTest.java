package io.tollgate.rewards;

import static io.tollgate.rewards.PointCardsTest.refused;
import static io.tollgate.rewards.RewardSite.ALL;
import static io.tollgate.rewards.RewardSite.points;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.RecurringJob;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.ProfitPools.PoolDetail;
import io.tollgate.rewards.ProfitPools.PoolState;
import io.tollgate.rewards.ProfitShare.ProfitCharge;
import io.tollgate.rewards.ProfitShare.ProfitClose;
import io.tollgate.rewards.Rewards.RewardFilter;
import io.tollgate.rewards.Rewards.RewardRow;
import io.tollgate.rewards.Rewards.RewardType;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ProfitShareTest {
  private static final RewardSite house = new RewardSite();

  @AfterAll
  static void close() {
    assertThat(house.audit()).isEmpty();
    house.close();
  }

  @Test
  void self_pays_first_then_gift_and_the_rest_is_owed() {
    UserId user = house.user("split");
    house.give(user, CardType.SELF, "10");
    house.give(user, CardType.GIFT, "5");
    ProfitCharge charge = house.close(user, "split", "1", "100");
    assertThat(charge)
        .usingRecursiveComparison()
        .ignoringFields("pool")
        .isEqualTo(
            new ProfitCharge(
                points("30"),
                points("10"),
                points("5"),
                points("15"),
                OptionalLong.empty(),
                false));
    assertThat(house.card(user)).isEqualTo(new PointCard(Points.ZERO, Points.ZERO, points("15")));
    assertThat(pool(charge.pool().orElseThrow()).pool())
        .matches(pool -> pool.amount().equals(points("10")))
        .matches(pool -> pool.state() == PoolState.DISTRIBUTED);
  }

  @Test
  void a_close_charges_once_however_often_it_is_told() {
    UserId user = house.user("once");
    house.give(user, CardType.SELF, "100");
    ProfitCharge first = house.close(user, "once", "1", "10.5");
    ProfitCharge again = house.close(user, "once", "1", "10.50");
    assertThat(again.repeated()).isTrue();
    assertThat(again).usingRecursiveComparison().ignoringFields("repeated").isEqualTo(first);
    refused(ErrorCode.CONFLICT, () -> house.close(user, "once", "1", "10.6"));
    refused(ErrorCode.CONFLICT, () -> house.close(house.user("once-other"), "once", "1", "10.5"));
    assertThat(house.card(user).self()).isEqualTo(points("96.85"));
  }

  @Test
  void one_close_told_by_many_at_once_charges_once() throws Exception {
    UserId user = house.user("told");
    house.give(user, CardType.SELF, "100");
    List<Callable<ProfitCharge>> callers =
        Collections.nCopies(30, () -> house.close(user, "told", "1", "10"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<ProfitCharge> answer : threads.invokeAll(callers)) {
        assertThat(answer.get().charged()).isEqualTo(points("3"));
      }
    }
    assertThat(house.card(user).self()).isEqualTo(points("97"));
  }

  @Test
  void the_share_is_rounded_half_even() {
    UserId user = house.user("rounded");
    house.give(user, CardType.SELF, "1");
    // 30 % of 5 units is 1.5, of 15 is 4.5
    assertThat(house.close(user, "rounded", "1", "0.00000005").charged().units()).isEqualTo(2);
    assertThat(house.close(user, "rounded", "2", "0.00000015").charged().units()).isEqualTo(4);
    assertThat(house.close(user, "rounded", "3", "0.00000001").charged().units()).isEqualTo(0);
  }

  @Test
  void losses_are_told_and_cost_nothing() {
    UserId user = house.user("loss");
    assertThat(house.close(user, "loss", "1", "-5").charged()).isEqualTo(Points.ZERO);
    refused(ErrorCode.CONFLICT, () -> house.close(user, "loss", "1", "5"));
  }

  @Test
  void paper_accounts_count_for_nothing() {
    UserId user = house.user("paper");
    ProfitCharge charge =
        house.write(
            tx ->
                house
                    .rewards
                    .profits()
                    .close(
                        tx,
                        new ProfitClose(
                            house.tenant, user, "paper", "1", points("100"), AccountNature.PAPER)));
    assertThat(charge).isEqualTo(ProfitCharge.NONE);
    house.run(
        tx ->
            house
                .rewards
                .members()
                .tellAccounts(
                    tx,
                    house.tenant,
                    List.of(
                        new Members.AccountHolding(
                            user, "p", points("5000"), AccountNature.PAPER))));
    assertThat(house.standing(user).selfHold()).isEqualTo(Points.ZERO);
  }

  @Test
  void above_the_high_water_mark_only_what_is_new_is_charged() {
    try (RewardSite other = new RewardSite()) {
      UserId user = other.user("high");
      other.give(user, CardType.SELF, "1000");
      // before the switch each trade pays
      assertThat(other.close(user, "x", "0", "100").charged()).isEqualTo(points("30"));
      RewardTerms terms = RewardTerms.DEFAULT;
      RewardTerms marked =
          new RewardTerms(terms.profitRate(), true, false, terms.levels(), terms.withdrawals());
      other.terms(marked);
      assertThat(other.close(user, "x", "1", "10").charged()).isEqualTo(points("3"));
      assertThat(other.close(user, "x", "2", "-30").charged()).isEqualTo(Points.ZERO);
      assertThat(other.close(user, "x", "3", "25").charged()).isEqualTo(Points.ZERO);
      // at 5 now, 10 was the highest: 5 of these 10 are new
      assertThat(other.close(user, "x", "4", "10").charged()).isEqualTo(points("1.5"));
      // another account has a mark of its own
      assertThat(other.close(user, "y", "1", "10").charged()).isEqualTo(points("3"));
      // and off and on again it begins at 0
      other.terms(terms);
      other.terms(marked);
      assertThat(other.close(user, "x", "5", "10").charged()).isEqualTo(points("3"));
      assertThat(other.audit()).isEmpty();
    }
  }

  @Test
  void what_self_pays_of_a_debt_opens_a_pool_for_each_charge_and_gift_opens_none() {
    UserId user = house.user("debt");
    house.close(user, "debt", "1", "10");
    house.close(user, "debt", "2", "20");
    house.give(user, CardType.GIFT, "1");
    assertThat(pools(user)).isEmpty();
    house.give(user, CardType.SELF, "6");
    assertThat(pools(user))
        .extracting(pool -> pool.closeId() + " " + pool.amount())
        .containsExactly("2 4 POINT", "1 2 POINT");
    house.give(user, CardType.SELF, "10");
    assertThat(pools(user).getFirst().amount()).isEqualTo(points("2"));
    assertThat(house.card(user).self()).isEqualTo(points("8"));
  }

  @Test
  void a_pool_is_distributed_at_once_over_the_chain() {
    UserId top = house.user("chain-top");
    UserId middle = house.invited("chain-middle", top);
    UserId source = house.invited("chain-source", middle);
    house.hold(middle, "1000");
    house.hold(top, "1000");
    house.hold(source, "60000");
    house.node(top);
    house.node(middle);
    // both are S2 by the 60,000 below them, the source has no team
    assertThat(house.standing(top).levelName()).isEqualTo("S2");
    assertThat(house.standing(middle).levelName()).isEqualTo("S2");
    house.give(source, CardType.SELF, "100");
    ProfitCharge charge = house.close(source, "chain", "1", "200");
    long id = charge.pool().orElseThrow();
    assertThat(pool(id).parts())
        .extracting(part -> part.type() + " " + part.user() + " " + part.amount().toPlainString())
        .containsExactly(
            "TECH_TEAM " + house.root + " 6",
            "DIRECT " + middle + " 3",
            "LEVEL_DIFF " + middle + " 3.6",
            "PEER_UNDIST " + house.root + " 1.2",
            "NETWORK_UNDIST " + house.root + " 4.2",
            "PLATFORM_RETAIN " + house.root + " 42");
    assertThat(house.balance(middle).available()).isEqualTo(points("6.6"));
    assertThat(house.balance(middle).earned()).isEqualTo(points("6.6"));
    List<RewardRow> shown =
        house
            .write(
                tx ->
                    house
                        .rewards
                        .rewards()
                        .page(
                            tx,
                            new RewardFilter(
                                Optional.of(house.tenant),
                                Optional.of(middle),
                                RewardType.SHOWN_TO_USERS,
                                Optional.of(source),
                                OptionalLong.of(id),
                                Optional.empty(),
                                Optional.empty()),
                            ALL))
            .rows();
    assertThat(shown)
        .extracting(row -> row.type().code() + " " + row.rate())
        .containsExactly("level_diff 0.3", "direct 0.25");
  }

  @Test
  void a_pool_keeps_the_chain_it_was_opened_with() {
    UserId top = house.user("frozen-top");
    UserId source = house.invited("frozen-source", top);
    house.hold(top, "1000");
    house.give(source, CardType.SELF, "100");
    // the distribution after the commit fails: the tenant's root is not to be found
    root(false);
    ProfitCharge charge;
    try {
      charge = house.close(source, "frozen", "1", "100");
    } finally {
      root(true);
    }
    long id = charge.pool().orElseThrow();
    assertThat(pool(id).pool())
        .matches(pool -> pool.state() == PoolState.OPEN)
        .matches(pool -> pool.attempts() == 1)
        .matches(pool -> pool.lastError().orElseThrow().contains("there is no tenant"));
    // what changes now changes nothing of it
    house.hold(top, "0");
    house.clock.advance(Duration.ofMinutes(1));
    house.rewards.offers().all(RecurringJob.class).forEach(job -> job.work().run());
    assertThat(pool(id).pool().state()).isEqualTo(PoolState.DISTRIBUTED);
    assertThat(house.balance(top).available()).isEqualTo(points("1.5"));
  }

  @Test
  void fifty_who_distribute_one_pool_at_once_do_it_once() throws Exception {
    UserId top = house.user("fifty-top");
    UserId source = house.invited("fifty-source", top);
    house.hold(top, "1000");
    house.give(source, CardType.SELF, "100");
    root(false);
    long id;
    try {
      id = house.close(source, "fifty", "1", "100").pool().orElseThrow();
    } finally {
      root(true);
    }
    List<Callable<PoolDetail>> callers =
        Collections.nCopies(50, () -> house.write(tx -> house.rewards.pools().retry(tx, id)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<PoolDetail> answer : threads.invokeAll(callers)) {
        assertThat(answer.get().parts()).hasSize(5);
      }
    }
    assertThat(house.balance(top).available()).isEqualTo(points("1.5"));
    refused(
        ErrorCode.NOT_FOUND,
        () -> house.write(tx -> house.rewards.pools().retry(tx, Long.MAX_VALUE)));
    assertThat(
            house.<ProfitPools.PoolStats>write(
                tx -> house.rewards.pools().stats(tx, Optional.of(house.tenant))))
        .matches(stats -> stats.waiting() == 0);
  }

  @Test
  void low_points_are_told_when_something_is_owed_or_a_binding_pauses() {
    UserId user = house.user("low");
    house.give(user, CardType.SELF, "10");
    long before = events("points.low");
    house.minimum.set(Optional.of(points("5")));
    try {
      house.close(user, "low", "1", "10");
      assertThat(events("points.low")).isEqualTo(before);
      house.close(user, "low", "2", "10");
      assertThat(events("points.low")).isEqualTo(before + 1);
      house.close(user, "low", "3", "10");
      assertThat(events("points.low")).isEqualTo(before + 1);
      house.close(user, "low", "4", "10");
      assertThat(events("points.low")).isEqualTo(before + 2);
    } finally {
      house.minimum.set(Optional.empty());
    }
  }

  @Test
  void charges_are_counted() {
    UserId user = house.user("counted");
    double before = charged();
    house.give(user, CardType.SELF, "100");
    house.close(user, "counted", "1", "100");
    assertThat(charged() - before).isEqualTo(30);
  }

  private static double charged() {
    return house.registry.counter("tollgate_rewards_charged_points", "part", "self").count();
  }

  private static long events(String type) {
    return house.write(
        tx ->
            tx.sql()
                .fetchSingle("SELECT count(*) FROM data.outbox WHERE type = ?", type)
                .get(0, Long.class));
  }

  /** Takes the mark of the root from the tenant's root user, or gives it back. */
  private static void root(boolean there) {
    house.run(
        tx -> {
          var _ =
              tx.sql()
                  .execute(
                      "UPDATE identity.tenant_user SET is_root = ? WHERE id = ?",
                      there,
                      house.root.value());
        });
  }

  private static PoolDetail pool(long id) {
    return house.write(tx -> house.rewards.pools().find(tx, id).orElseThrow());
  }

  private static List<ProfitPools.Pool> pools(UserId source) {
    return house
        .write(
            tx ->
                house
                    .rewards
                    .pools()
                    .page(
                        tx,
                        new ProfitPools.PoolFilter(
                            Optional.of(house.tenant),
                            Optional.of(source),
                            Optional.of(PoolState.DISTRIBUTED),
                            Optional.empty(),
                            Optional.empty()),
                        ALL))
        .rows();
  }
}
