package io.tollgate.app;

import io.tollgate.data.DataModule;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.QuotaPlan;
import io.tollgate.identity.User;
import io.tollgate.rewards.AccountNature;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.Members;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.PointCards.TenantRecharge;
import io.tollgate.rewards.PointCards.UserRecharge;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.ProfitShare;
import io.tollgate.rewards.ProfitShare.ProfitClose;
import io.tollgate.rewards.RewardsModule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the demo tenant has as a merchant: a plan without limits, points, and members of two levels
 * who have some. Made once; what was spent stays spent.
 */
final class DemoMerchant {
  /** As the tenant itself signs in. */
  private static final String ROOT = "merchant@demo.example";

  /** Nobody has an address that ends so. */
  private static final String NOWHERE = ".invalid";

  /** Who invited the others, and whose team makes them S1. */
  private static final String LEADER = "leader@demo.example";

  /** Who follow, and have an account at the exchange simulator each. */
  static final List<String> FOLLOWERS =
      List.of("follower@demo.example", "second-follower@demo.example");

  private static final String PLAN = "enterprise";
  private static final BigDecimal TENANT_POINTS = BigDecimal.valueOf(10_000);
  private static final BigDecimal MEMBER_SELF = BigDecimal.valueOf(1_500);
  private static final BigDecimal MEMBER_GIFT = BigDecimal.valueOf(20);

  /** In USDT; what two followers hold makes a leader who holds as much S1. */
  private static final BigDecimal HOLDING = BigDecimal.valueOf(6_000);

  /** Realised by each follower; what is charged of it goes into a pool, and rewards the leader. */
  private static final BigDecimal PROFIT = BigDecimal.valueOf(4_000);

  private static final String ACCOUNT = "demo";
  private static final int PLANS = 100;

  private final Transactions transactions;
  private final IdentityModule identity;
  private final PointCards cards;
  private final Members members;
  private final ProfitShare profits;

  DemoMerchant(ModuleSite site) {
    RewardsModule told = site.module(RewardsModule.class);
    this.transactions = site.module(DataModule.class).transactions();
    this.identity = site.module(IdentityModule.class);
    this.cards = told.cards();
    this.members = told.members();
    this.profits = told.profits();
  }

  /** Addresses by which the demo's members are known again. */
  static Stream<String> emails() {
    return Stream.concat(Stream.of(LEADER), FOLLOWERS.stream());
  }

  /** Makes what is missing. */
  void ensure(TenantId tenant, String password) {
    boolean _ =
        transactions.write(
            transaction -> {
              putOnPlan(transaction, tenant);
              letRootIn(transaction, tenant, password);
              return true;
            });
    if (transactions.read(tx -> identity.users().findByEmail(tx, tenant, LEADER)).isEmpty()) {
      boolean _ =
          transactions.write(
              transaction -> {
                join(transaction, tenant, password);
                return true;
              });
    }
  }

  private void letRootIn(Transaction transaction, TenantId tenant, String password) {
    User root = identity.users().root(transaction, tenant);
    if (root.email().filter(email -> email.endsWith(NOWHERE)).isPresent()) {
      User _ = identity.rootUsers().setAddress(transaction, tenant, ROOT);
      identity.users().setPassword(transaction, tenant, root.id(), password);
    }
  }

  private void putOnPlan(Transaction transaction, TenantId tenant) {
    if (identity.quotaPlans().planOf(transaction, tenant).isPresent()) {
      return;
    }
    identity
        .quotaPlans()
        .list(transaction, Optional.of(true), ListRequest.first(PLANS))
        .rows()
        .stream()
        .filter(plan -> plan.code().equals(PLAN))
        .map(QuotaPlan::id)
        .findFirst()
        .ifPresent(plan -> identity.quotaPlans().assign(transaction, tenant, Optional.of(plan)));
  }

  private void join(Transaction transaction, TenantId tenant, String password) {
    for (CardType type : CardType.values()) {
      var _ =
          cards.rechargeTenant(
              transaction,
              new TenantRecharge(
                  tenant,
                  type,
                  Points.of(TENANT_POINTS),
                  "demo",
                  Optional.of("demo-" + type.code())));
    }
    User root = identity.users().root(transaction, tenant);
    User leader = member(transaction, tenant, LEADER, password, root);
    members.setMarketNode(transaction, tenant, leader.id(), true);
    for (String follower : FOLLOWERS) {
      User made = member(transaction, tenant, follower, password, leader);
      var _ =
          profits.close(
              transaction,
              new ProfitClose(
                  tenant,
                  made.id(),
                  ACCOUNT,
                  "demo-" + made.id(),
                  Points.of(PROFIT),
                  AccountNature.SANDBOX));
    }
  }

  private User member(
      Transaction transaction, TenantId tenant, String email, String password, User inviter) {
    User user =
        identity
            .users()
            .create(
                transaction,
                new NewUser(
                        tenant,
                        Optional.empty(),
                        Optional.of(email),
                        Optional.of(password),
                        OptionalLong.of(0))
                    .invitedBy(inviter.id()));
    give(transaction, user, CardType.SELF, MEMBER_SELF);
    give(transaction, user, CardType.GIFT, MEMBER_GIFT);
    var _ = members.tellTotal(transaction, tenant, user.id(), Points.of(HOLDING));
    return user;
  }

  private void give(Transaction transaction, User user, CardType type, BigDecimal amount) {
    var _ =
        cards.give(
            transaction,
            new UserRecharge(
                user.tenant(),
                user.id(),
                type,
                Points.of(amount),
                "demo",
                Optional.of("demo-" + user.id() + "-" + type.code())));
  }
}
