package io.tollgate.rewards;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTotal;
import io.tollgate.ledger.Ledgers;
import io.tollgate.rewards.PointCards.PointTransfer;
import io.tollgate.rewards.PointCards.TenantRecharge;
import io.tollgate.rewards.PointCards.UserRecharge;
import io.tollgate.rewards.PointLogs.Owner;
import io.tollgate.rewards.PointLogs.PointLogFilter;
import io.tollgate.rewards.ProfitShare.ProfitClose;
import io.tollgate.rewards.Rewards.RewardBalance;
import io.tollgate.rewards.Rewards.RewardFilter;
import io.tollgate.rewards.Withdrawals.WithdrawalOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random histories of tenants: a naive model predicts every answer, every balance after each step,
 * and every line of every log. {@code -Dtest.histories=10000} plays more of them, {@code
 * -Dtest.seed} the same ones again.
 */
@Tag("slow")
class RewardHistoriesTest {
  private static final int HISTORIES = Integer.getInteger("test.histories", 200);
  private static final int STEPS = Integer.getInteger("test.steps", 8);
  private static final int PEOPLE = 6;
  private static final ListRequest LOG = new ListRequest(1, 500, Optional.empty(), false);

  @Test
  void every_answer_and_every_line_is_the_one_a_naive_bookkeeper_has() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    try (RewardSite site = new RewardSite()) {
      for (int number = 0; number < HISTORIES; number++) {
        long own = seed + number;
        try {
          new History(site, new Random(own), number).play();
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError("-Dtest.seed=" + own + " -Dtest.histories=1", e);
        }
      }
      assertThat(site.audit()).isEmpty();
    }
  }

  /** One tenant's history. */
  private static final class History {
    private final RewardSite site;
    private final Random random;
    private final NaiveRewards model = new NaiveRewards();
    private final TenantId tenant;
    private final List<UserId> users = new ArrayList<>();
    private final List<Long> withdrawals = new ArrayList<>();
    private int closes;

    History(RewardSite site, Random random, int number) {
      this.site = site;
      this.random = random;
      this.tenant = site.site.tenant("history-" + number, 0).id();
      users.add(site.root(tenant));
      int _ = model.add(Optional.empty());
      for (int i = 1; i < PEOPLE; i++) {
        UserId user = site.site.user(tenant, "user-" + i).id();
        Optional<Integer> inviter =
            random.nextInt(6) == 0 ? Optional.empty() : Optional.of(random.nextInt(i));
        inviter.ifPresent(by -> site.invite(user, users.get(by)));
        users.add(user);
        int _ = model.add(inviter);
      }
      if (random.nextInt(3) == 0) {
        model.highWaterMark = true;
        model.wholeTenant = random.nextBoolean();
        RewardTerms terms = RewardTerms.DEFAULT;
        site.run(
            tx -> {
              var _ =
                  site.rewards
                      .terms()
                      .set(
                          tx,
                          tenant,
                          new RewardTerms(
                              terms.profitRate(),
                              true,
                              model.wholeTenant,
                              terms.levels(),
                              terms.withdrawals()));
            });
      }
    }

    void play() {
      for (int step = 0; step < STEPS; step++) {
        switch (step < 2 ? 0 : random.nextInt(14)) {
          case 0 -> recharge();
          case 1, 2, 3 -> give();
          case 4 -> transfer();
          case 5, 6, 7 -> close();
          case 8 -> hold();
          case 9 -> node();
          case 10, 11 -> apply();
          default -> step();
        }
        compare();
      }
      compareLogs();
    }

    private void recharge() {
      CardType type = type();
      BigDecimal amount = amount(100_000);
      play(
          model.recharge(type, amount),
          tx -> {
            var _ =
                site.rewards
                    .cards()
                    .rechargeTenant(
                        tx,
                        new TenantRecharge(tenant, type, Points.of(amount), "", Optional.empty()));
          });
    }

    private void give() {
      int user = someone();
      CardType type = type();
      BigDecimal amount = amount(20_000);
      play(
          model.give(user, type, amount),
          tx -> {
            var _ =
                site.rewards
                    .cards()
                    .give(
                        tx,
                        new UserRecharge(
                            tenant,
                            users.get(user),
                            type,
                            Points.of(amount),
                            "",
                            Optional.empty()));
          });
    }

    private void transfer() {
      int from = someone();
      int to = someone();
      CardType type = type();
      BigDecimal amount = amount(5_000);
      play(
          model.transfer(from, to, type, amount),
          tx -> {
            var _ =
                site.rewards
                    .cards()
                    .transfer(
                        tx,
                        new PointTransfer(
                            tenant,
                            users.get(from),
                            users.get(to),
                            type,
                            Points.of(amount),
                            "",
                            Optional.empty()));
          });
    }

    private void close() {
      int user = someone();
      String account = "account-" + user;
      String close = Integer.toString(closes > 0 && random.nextInt(6) == 0 ? closes : ++closes);
      BigDecimal profit = amount(40_000);
      BigDecimal signed = random.nextInt(4) == 0 ? profit.negate() : profit;
      play(
          model.close(user, account, close, signed),
          tx -> {
            var _ =
                site.rewards
                    .profits()
                    .close(
                        tx,
                        new ProfitClose(
                            tenant,
                            users.get(user),
                            account,
                            close,
                            Points.of(signed),
                            AccountNature.REAL));
          });
    }

    private void hold() {
      int user = someone();
      BigDecimal amount =
          random.nextInt(4) == 0 ? BigDecimal.valueOf(999) : amount(random.nextInt(5_000_000) + 1);
      model.holdings.set(user, amount);
      play(
          Optional.empty(),
          tx -> {
            var _ =
                site.rewards.members().tellTotal(tx, tenant, users.get(user), Points.of(amount));
          });
    }

    private void node() {
      int user = someone();
      boolean node = random.nextInt(4) > 0;
      model.nodes.set(user, node);
      play(
          Optional.empty(),
          tx -> site.rewards.members().setMarketNode(tx, tenant, users.get(user), node));
    }

    private void apply() {
      int user = random.nextBoolean() ? 0 : someone();
      BigDecimal amount = amount(2_000);
      int before = model.asked.size();
      play(
          model.apply(user, amount),
          tx ->
              withdrawals.add(
                  site.rewards
                      .withdrawals()
                      .apply(
                          tx,
                          new WithdrawalOrder(
                              tenant,
                              users.get(user),
                              Points.of(amount),
                              "TRC20",
                              "T" + user,
                              "",
                              Optional.empty()))
                      .id()));
      assertThat(withdrawals).hasSize(model.asked.size());
      assertThat(model.asked.size() - before).isBetween(0, 1);
    }

    private void step() {
      if (withdrawals.isEmpty()) {
        return;
      }
      int which = random.nextInt(withdrawals.size());
      long id = withdrawals.get(which);
      int to = 1 + random.nextInt(3);
      play(
          model.step(which, to),
          tx -> {
            var _ =
                switch (to) {
                  case 1 -> site.rewards.withdrawals().approve(tx, id, RewardSite.ADMIN);
                  case 2 -> site.rewards.withdrawals().reject(tx, id, RewardSite.ADMIN, "no");
                  default -> site.rewards.withdrawals().complete(tx, id, RewardSite.ADMIN, "h");
                };
          });
    }

    private void play(Optional<ErrorCode> expected, Consumer<Transaction> work) {
      Optional<ErrorCode> answer;
      try {
        site.run(work);
        answer = Optional.empty();
      } catch (Refusal refusal) {
        answer = Optional.of(refusal.code());
      }
      assertThat(answer).isEqualTo(expected);
    }

    private void compare() {
      site.run(
          tx -> {
            equal(site.rewards.cards().ofTenant(tx, tenant), model.tenant);
            Map<UserId, PointCard> cards = site.rewards.cards().ofUsers(tx, tenant, users);
            Map<UserId, RewardBalance> balances =
                site.rewards.rewards().balances(tx, tenant, users);
            Map<UserId, Members.Standing> standings =
                site.rewards.members().standings(tx, tenant, users);
            for (int i = 0; i < users.size(); i++) {
              UserId user = users.get(i);
              equal(requireNonNull(cards.get(user)), model.cards.get(i));
              NaiveRewards.Purse purse = model.purses.get(i);
              Members.Standing standing = requireNonNull(standings.get(user));
              RewardBalance balance = requireNonNull(balances.get(user));
              equal(balance.available(), purse.available);
              equal(balance.held(), purse.held);
              equal(balance.earned(), purse.earned);
              equal(balance.withdrawn(), purse.withdrawn);
              equal(standing.teamPerformance(), model.performance(i));
              assertThat(standing.level()).isEqualTo(model.level(i));
            }
            conserved(Ledgers.queries().totals(tx, Optional.of(tenant)));
          });
      assertThat(model.everything()).isEqualByComparingTo(model.paidIn.add(model.givenIn));
    }

    /** Nothing is made or lost, no pool waits, and what is owed is due. */
    private void conserved(Collection<AccountTotal> totals) {
      BigDecimal sum =
          totals.stream()
              .filter(total -> total.asset().equals(Points.ASSET))
              .map(total -> new BigDecimal(total.units()))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(sum).isEqualByComparingTo(BigDecimal.ZERO);
      equal(totals, AccountKind.REVENUE, model.revenue);
      equal(totals, AccountKind.PROFIT_POOL, BigDecimal.ZERO);
      equal(totals, AccountKind.WORLD_GRANTS, model.givenIn.negate());
      equal(totals, AccountKind.WORLD_PAYMENTS, model.paidOut.subtract(model.paidIn));
      BigDecimal owed =
          model.cards.stream()
              .map(NaiveRewards.Card::owes)
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      equal(totals, AccountKind.POINT_OWED, owed.negate());
      equal(totals, AccountKind.POINT_DUE, owed);
    }

    private static void equal(
        Collection<AccountTotal> totals, AccountKind kind, BigDecimal expected) {
      BigDecimal found =
          totals.stream()
              .filter(total -> total.kind() == kind && total.asset().equals(Points.ASSET))
              .map(total -> new BigDecimal(total.units()).movePointLeft(8))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(found).as(kind.code()).isEqualByComparingTo(expected);
    }

    private void compareLogs() {
      site.run(
          tx -> {
            lines(tx, Optional.empty(), Owner.TENANTS, model.tenant);
            for (int i = 0; i < users.size(); i++) {
              lines(tx, Optional.of(users.get(i)), Owner.USERS, model.cards.get(i));
              rewards(tx, users.get(i), model.purses.get(i));
            }
          });
    }

    private void lines(Transaction tx, Optional<UserId> user, Owner owner, NaiveRewards.Card card) {
      var rows =
          site.rewards
              .pointLogs()
              .page(
                  tx,
                  new PointLogFilter(
                      Optional.of(tenant),
                      Optional.of(owner),
                      user,
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty()),
                  LOG)
              .rows()
              .reversed();
      assertThat(rows).hasSameSizeAs(card.log);
      for (int i = 0; i < rows.size(); i++) {
        NaiveRewards.Line line = card.log.get(i);
        assertThat(rows.get(i).type()).isEqualTo(line.type());
        equal(rows.get(i).amount(), line.amount());
        equal(rows.get(i).before().self(), line.beforeSelf());
        equal(rows.get(i).after().self(), line.afterSelf());
        equal(rows.get(i).before().gift(), line.beforeGift());
        equal(rows.get(i).after().gift(), line.afterGift());
      }
    }

    private void rewards(Transaction tx, UserId user, NaiveRewards.Purse purse) {
      var rows =
          site.rewards
              .rewards()
              .page(
                  tx,
                  new RewardFilter(
                      Optional.of(tenant),
                      Optional.of(user),
                      Set.of(),
                      Optional.empty(),
                      OptionalLong.empty(),
                      Optional.empty(),
                      Optional.empty()),
                  LOG)
              .rows()
              .reversed();
      assertThat(rows).hasSameSizeAs(purse.log);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(rows.get(i).type()).isEqualTo(purse.log.get(i).type());
        equal(rows.get(i).amount(), purse.log.get(i).amount());
        equal(rows.get(i).before(), purse.log.get(i).before());
        equal(rows.get(i).after(), purse.log.get(i).after());
      }
    }

    private static void equal(PointCard card, NaiveRewards.Card expected) {
      equal(card.self(), expected.self);
      equal(card.gift(), expected.gift);
      equal(card.owed(), expected.owes());
    }

    private static void equal(Amount amount, BigDecimal expected) {
      assertThat(amount.toDecimal()).isEqualByComparingTo(expected);
    }

    private int someone() {
      return random.nextInt(users.size());
    }

    private CardType type() {
      return random.nextInt(3) == 0 ? CardType.GIFT : CardType.SELF;
    }

    /** Above 0 and up to so much, with few decimals or with all eight. */
    private BigDecimal amount(int most) {
      long whole = random.nextInt(most);
      return random.nextBoolean()
          ? BigDecimal.valueOf(whole + 1)
          : BigDecimal.valueOf(whole * 100_000_000L + 1 + random.nextInt(99_999_999), 8);
    }
  }
}
