package io.tollgate.app;

import io.tollgate.billing.Plan;
import io.tollgate.billing.PlanOrder;
import io.tollgate.billing.PlanPeriod;
import io.tollgate.billing.Plans;
import io.tollgate.billing.Subscription;
import io.tollgate.billing.Subscriptions;
import io.tollgate.billing.Subscriptions.By;
import io.tollgate.billing.SubscriptionsModule;
import io.tollgate.data.DataModule;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.identity.AccessTerms;
import io.tollgate.identity.AllowedModels;
import io.tollgate.identity.KeyRates;
import io.tollgate.identity.User;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What the demo tenant's users can subscribe to, and one who does. */
final class DemoPlans {
  private static final String STARTER = "starter";
  private static final int MAX = 100;

  private final Transactions transactions;
  private final Plans plans;
  private final Subscriptions subscriptions;

  DemoPlans(ModuleSite site) {
    this.transactions = site.module(DataModule.class).transactions();
    this.plans = site.module(SubscriptionsModule.class).plans();
    this.subscriptions = site.module(SubscriptionsModule.class).subscriptions();
  }

  /** Makes what is missing of the plans, and of a user's subscription to the smaller one. */
  void ensure(TenantId tenant, User subscriber) {
    Plan starter =
        transactions.write(
            transaction -> {
              Plan _ = plan(transaction, tenant, "pro", pro());
              return plan(transaction, tenant, STARTER, starter());
            });
    // one key is one purchase, also when it is over
    Subscription _ = subscriptions.buy(tenant, subscriber.id(), starter.id(), "demo", By.USER);
  }

  private Plan plan(Transaction transaction, TenantId tenant, String code, PlanOrder order) {
    return plans
        .list(
            transaction,
            new Plans.Filter(Optional.of(tenant), Optional.empty()),
            ListRequest.first(MAX))
        .rows()
        .stream()
        .filter(plan -> plan.code().equals(code))
        .findFirst()
        .orElseGet(() -> plans.create(transaction, tenant, code, order));
  }

  private static PlanOrder starter() {
    return new PlanOrder(
        "Starter",
        new BigDecimal("4.99"),
        new PlanPeriod(PlanPeriod.Unit.MONTH, 1),
        2_000_000,
        0,
        new AccessTerms(
            AllowedModels.of(List.of("gpt-4o-mini", "gemini-2.5-flash")),
            new KeyRates(OptionalInt.of(60), OptionalLong.of(200_000), OptionalInt.of(8))));
  }

  /** Its quota comes by the week. */
  private static PlanOrder pro() {
    return new PlanOrder(
        "Pro",
        new BigDecimal("19"),
        new PlanPeriod(PlanPeriod.Unit.MONTH, 1),
        5_000_000,
        7,
        new AccessTerms(
            AllowedModels.ALL,
            new KeyRates(OptionalInt.of(600), OptionalLong.empty(), OptionalInt.of(64))));
  }
}
