package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.internal.crash.BillingSteps;
import io.tollgate.billing.internal.subscriptions.DueSubscriptions;
import io.tollgate.billing.internal.subscriptions.StoredPlans;
import io.tollgate.billing.internal.subscriptions.StoredSubscriptions;
import io.tollgate.billing.internal.subscriptions.SubscriptionRules;
import io.tollgate.billing.internal.subscriptions.SubscriptionsCheck;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.LedgerModule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Plans, and users' subscriptions to them, as the program opens them. */
public final class SubscriptionsModule implements ProgramModule {
  public static final Setting<Integer> GRACE_DAYS =
      Setting.number(
          "billing.subscription.grace.days",
          3,
          0,
          90,
          "Days that a subscription is kept whose renewal the balance does not cover.");
  public static final Setting<Integer> RETRY_MS =
      Setting.number(
          "billing.subscription.retry.ms",
          600_000,
          1_000,
          86_400_000,
          "How often the balance of such a subscription is looked at, ms.");
  public static final Setting<Integer> DUE_MS =
      Setting.number(
          "billing.subscription.due.ms",
          5_000,
          100,
          3_600_000,
          "How often subscriptions are looked for that something is due for, ms.");

  public static final ModuleEntry<SubscriptionsModule> ENTRY =
      ModuleEntry.of(SubscriptionsModule.class, SubscriptionsModule::open)
          .inEveryProcess()
          .with(List.of(GRACE_DAYS, RETRY_MS, DUE_MS))
          .stating(AuditCheck.class, List.of(SubscriptionsCheck.CHECK));

  private final Plans plans;
  private final Subscriptions subscriptions;
  private final RecurringJob due;

  private SubscriptionsModule(Plans plans, Subscriptions subscriptions, RecurringJob due) {
    this.plans = requireNonNull(plans, "plans is null");
    this.subscriptions = requireNonNull(subscriptions, "subscriptions is null");
    this.due = requireNonNull(due, "due is null");
  }

  private static SubscriptionsModule open(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    return over(
        data.transactions(),
        site.module(LedgerModule.class).ledger(),
        site.module(IdentityModule.class),
        site.module(BillingModule.class).standings(),
        BillingConfig.from(site.settings()).grantLimits(),
        Duration.ofDays(site.settings().get(GRACE_DAYS)),
        Duration.ofMillis(site.settings().get(RETRY_MS)),
        Duration.ofMillis(site.settings().get(DUE_MS)),
        data.clock(),
        site.facility(MeterRegistry.class),
        BillingSteps.of(System.getenv(), Runtime.getRuntime()::halt));
  }

  /**
   * The same without a program around it.
   *
   * @param clock the database's time
   * @param steps hears which step of a renewal is reached
   */
  public static SubscriptionsModule over(
      Transactions transactions,
      Ledger ledger,
      IdentityModule identity,
      UserStandings standings,
      GrantLimits limits,
      Duration grace,
      Duration retry,
      Duration interval,
      InstantSource clock,
      MeterRegistry registry,
      BillingSteps steps) {
    SubscriptionRules rules = new SubscriptionRules(grace, retry);
    StoredSubscriptions stored =
        new StoredSubscriptions(
            transactions,
            ledger,
            identity.tenants(),
            identity.users(),
            identity.userAccess(),
            standings,
            limits,
            rules,
            clock,
            System::nanoTime,
            steps);
    return new SubscriptionsModule(
        new StoredPlans(identity.tenants(), identity.userAccess(), clock),
        stored,
        new RecurringJob(
            "billing.subscriptions",
            interval,
            new DueSubscriptions(transactions, stored, rules, clock, registry)));
  }

  public Plans plans() {
    return plans;
  }

  public Subscriptions subscriptions() {
    return subscriptions;
  }

  @Override
  public Offers offers() {
    return Offers.of(RecurringJob.class, due);
  }
}
