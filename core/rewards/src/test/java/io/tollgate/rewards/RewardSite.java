package io.tollgate.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.testing.SettableClock;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.rewards.PointCards.Given;
import io.tollgate.rewards.PointCards.PointTransfer;
import io.tollgate.rewards.PointCards.TenantRecharge;
import io.tollgate.rewards.PointCards.UserRecharge;
import io.tollgate.rewards.ProfitShare.ProfitCharge;
import io.tollgate.rewards.ProfitShare.ProfitClose;
import io.tollgate.rewards.Withdrawals.Withdrawal;
import io.tollgate.rewards.Withdrawals.WithdrawalOrder;
import io.tollgate.rewards.internal.crash.RewardStep;
import io.tollgate.site.testing.TestSite;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** Rewards over a real database, with a tenant that has plenty of points to give. */
final class RewardSite implements AutoCloseable {
  static final AdminId ADMIN = new AdminId(1);
  static final AdminId OTHER_ADMIN = new AdminId(2);
  static final ListRequest ALL = new ListRequest(1, 500, Optional.empty(), true);
  private static final String PLENTY = "1000000";

  final SettableClock clock = new SettableClock();
  final TestSite site = TestSite.at(clock);
  final TestDatabase database = site.database();
  final Ledger ledger = site.ledger();
  final IdentityModule identity = site.identity();
  final AtomicReference<Optional<Amount>> minimum = new AtomicReference<>(Optional.empty());
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final RewardsModule rewards =
      RewardsModule.over(
          site.transactions(),
          ledger,
          Ledgers.queries(),
          identity,
          (transaction, tenant, user) -> minimum.get(),
          registry,
          clock,
          site.random());
  final TenantId tenant = tenant("one");
  final UserId root = root(tenant);

  /** Rewards as a process has them that ends at a step, as if it had been killed. */
  RewardsModule dying(RewardStep at) {
    return RewardsModule.dying(
        site.transactions(),
        ledger,
        Ledgers.queries(),
        identity,
        ProfitShare.BindingMinimums.NONE,
        new SimpleMeterRegistry(),
        step -> {
          if (step == at) {
            throw new Death();
          }
        },
        clock,
        site.random());
  }

  /** As if the process had ended: nothing that runs afterwards sees it. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A tenant with points of both types. */
  TenantId tenant(String name) {
    TenantId made = site.tenant(name, 0).id();
    for (CardType type : CardType.values()) {
      var _ =
          write(
              tx ->
                  rewards
                      .cards()
                      .rechargeTenant(
                          tx,
                          new TenantRecharge(made, type, points(PLENTY), "", Optional.empty())));
    }
    return made;
  }

  UserId root(TenantId of) {
    return write(tx -> identity.users().root(tx, of).id());
  }

  static Amount points(String amount) {
    return Points.parse(amount);
  }

  /** A new user whom nobody has invited. */
  UserId user(String name) {
    return site.user(tenant, name).id();
  }

  /** A new user whom somebody has invited. */
  UserId invited(String name, UserId inviter) {
    UserId user = user(name);
    invite(user, inviter);
    return user;
  }

  void invite(UserId user, UserId inviter) {
    run(
        tx -> {
          var _ =
              tx.sql()
                  .execute(
                      "UPDATE identity.tenant_user SET inviter_id = ? WHERE id = ?",
                      inviter.value(),
                      user.value());
        });
  }

  <T> T write(Function<Transaction, T> body) {
    return site.write(body);
  }

  void run(Consumer<Transaction> body) {
    site.run(body);
  }

  /** The tenant gives a user points. */
  Given give(UserId user, CardType type, String amount) {
    return write(
        tx ->
            rewards
                .cards()
                .give(
                    tx,
                    new UserRecharge(tenant, user, type, points(amount), "", Optional.empty())));
  }

  PointCards.Moved transfer(UserId from, UserId to, CardType type, String amount) {
    return write(
        tx ->
            rewards
                .cards()
                .transfer(
                    tx,
                    new PointTransfer(
                        tenant, from, to, type, points(amount), "", Optional.empty())));
  }

  ProfitCharge close(UserId user, String account, String close, String profit) {
    return write(
        tx ->
            rewards
                .profits()
                .close(
                    tx,
                    new ProfitClose(
                        tenant, user, account, close, points(profit), AccountNature.REAL)));
  }

  void hold(UserId user, String amount) {
    var _ = write(tx -> rewards.members().tellTotal(tx, tenant, user, points(amount)));
  }

  void node(UserId user) {
    run(tx -> rewards.members().setMarketNode(tx, tenant, user, true));
  }

  PointCard card(UserId user) {
    return write(tx -> rewards.cards().ofUser(tx, tenant, user));
  }

  Members.Standing standing(UserId user) {
    return write(tx -> rewards.members().standing(tx, tenant, user));
  }

  Rewards.RewardBalance balance(UserId user) {
    return write(tx -> rewards.rewards().balance(tx, tenant, user));
  }

  WithdrawalOrder order(UserId user, String amount) {
    return new WithdrawalOrder(
        tenant, user, points(amount), "TRC20", "TAddress1", "", Optional.empty());
  }

  Withdrawal apply(UserId user, String amount) {
    return write(tx -> rewards.withdrawals().apply(tx, order(user, amount)));
  }

  void terms(RewardTerms terms) {
    var _ = write(tx -> rewards.terms().set(tx, tenant, terms));
  }

  /**
   * Gives a user rewards of some amount, by profits of somebody they have invited.
   *
   * @param amount of the direct reward; times 20 is what the invited user pays
   */
  void earn(UserId user, String amount) {
    UserId source = invited("source-of-" + user + "-" + clock.instant().toEpochMilli(), user);
    hold(user, "1000");
    Amount pool = Points.of(points(amount).toDecimal().multiply(BigDecimal.valueOf(20)));
    var _ = give(source, CardType.SELF, pool.toPlainString());
    Amount profit =
        Points.of(
            pool.toDecimal()
                .multiply(BigDecimal.TEN)
                .divide(BigDecimal.valueOf(3), 8, RoundingMode.HALF_EVEN));
    var _ = close(source, "account-" + source, "close-" + source, profit.toPlainString());
  }

  /** What the audit of the books finds. */
  List<AuditFinding> audit() {
    return Ledgers.audit(RewardsModule.auditChecks())
        .run(site.transactions(), AuditScope.WHOLE)
        .findings();
  }

  /** Changes rows as nobody may. */
  void damage(String sql) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      boolean _ = statement.execute("SET session_replication_role = replica");
      assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
    }
  }

  @Override
  public void close() {
    site.close();
  }
}
