package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.BillingModule;
import io.tollgate.billing.CodesModule;
import io.tollgate.billing.PricesModule;
import io.tollgate.billing.RechargeModule;
import io.tollgate.billing.ServicesModule;
import io.tollgate.billing.SubscriptionsModule;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.PassportModule;
import io.tollgate.insight.InsightModule;
import io.tollgate.ledger.LedgerModule;
import io.tollgate.metering.Metering;
import io.tollgate.relay.accounts.AccountsModule;
import io.tollgate.rewards.RewardsModule;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.web.BrowserInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.PublicAddress;
import io.tollgate.web.Routes;
import io.tollgate.web.SessionCookie;
import io.tollgate.web.SignInShelter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Opens the users' own interface for the program. */
public final class PortalModule implements ProgramModule {
  private static final Duration LOOK = Duration.ofMinutes(1);

  public static final ModuleEntry<PortalModule> ENTRY =
      ModuleEntry.of(PortalModule.class, PortalModule::open)
          .inRole("console")
          .with(PortalConfig.settings());

  private final List<Routes> areas;
  private final RecurringJob alerts;

  private PortalModule(List<Routes> areas, RecurringJob alerts) {
    this.areas = List.copyOf(areas);
    this.alerts = requireNonNull(alerts, "alerts is null");
  }

  private static PortalModule open(ModuleSite site) {
    PortalConfig config = PortalConfig.from(site.settings());
    PortalGate gate =
        new PortalGate(
            site.module(IdentityModule.class).userSessions(),
            SessionCookie.ofUsers(site.module(PassportModule.class).address().secure()));
    return new PortalModule(
        Stream.of(
                people(site, config),
                requests(site, gate),
                money(site, config, gate),
                membership(site, gate))
            .flatMap(List::stream)
            .toList(),
        alerts(site));
  }

  private static List<Routes> people(ModuleSite site, PortalConfig config) {
    DataModule data = site.module(DataModule.class);
    IdentityModule identity = site.module(IdentityModule.class);
    return List.of(
        new PortalRoutes(
            data.transactions(),
            identity,
            site.module(PassportModule.class),
            SignInShelter.of(site.facility(PublicAddress.class)),
            new KeyFigures(
                identity.tenants(),
                Metering.usageQueries(),
                site.module(BillingModule.class).spendLimitSettings()),
            data.clock(),
            config.keysMax()));
  }

  private static List<Routes> requests(ModuleSite site, PortalGate gate) {
    DataModule data = site.module(DataModule.class);
    IdentityModule identity = site.module(IdentityModule.class);
    InsightModule log = site.module(InsightModule.class);
    return List.of(
        new MyRequestRoutes(log.requests(), log.exportRowsMax(), gate),
        new MyUsageRoutes(
            data.transactions(),
            log.requests(),
            identity.tenants(),
            identity.userChoices(),
            identity.keyRegister(),
            data.clock(),
            gate),
        new MyModelRoutes(
            data.transactions(),
            site.module(PricesModule.class).prices(),
            site.module(AccountsModule.class).accounts(),
            site.module(SubscriptionsModule.class).subscriptions(),
            data.clock(),
            gate));
  }

  private static List<Routes> money(ModuleSite site, PortalConfig config, PortalGate gate) {
    Transactions transactions = site.module(DataModule.class).transactions();
    InstantSource clock = site.module(DataModule.class).clock();
    IdentityModule identity = site.module(IdentityModule.class);
    SubscriptionsModule selling = site.module(SubscriptionsModule.class);
    RechargeModule recharge = site.module(RechargeModule.class);
    LedgerModule books = site.module(LedgerModule.class);
    return List.of(
        new MySubscriptionRoutes(
            transactions,
            identity.tenants(),
            selling.plans(),
            selling.subscriptions(),
            site.module(CodesModule.class).codes(),
            gate),
        new MySpendingRoutes(
            transactions,
            identity.tenants(),
            books.ledger(),
            site.module(ServicesModule.class).records(),
            clock,
            gate),
        new MyStatementRoutes(transactions, books.statements(), gate, config.exportRowsMax()),
        new MyRechargeRoutes(
            transactions,
            identity.tenants(),
            identity.userProfiles(),
            recharge,
            config.rechargeAmounts(),
            gate),
        new MyAlertRoutes(
            transactions,
            identity.tenants(),
            site.module(BillingModule.class).userAlerts(),
            site.module(PassportModule.class).notices(),
            clock,
            gate),
        new MyDeletionRoutes(
            transactions,
            books.ledger(),
            new DeletionObstacles(
                identity.users(),
                selling.subscriptions(),
                recharge.admin(),
                site.module(RewardsModule.class).cards(),
                site.module(RewardsModule.class).rewards()),
            identity.userProfiles(),
            site.module(BillingModule.class).userAlerts(),
            site.module(PassportModule.class).passports(),
            identity.accountDeletion(),
            site.module(EngineModule.class).accounts(),
            clock,
            gate));
  }

  private static List<Routes> membership(ModuleSite site, PortalGate gate) {
    Transactions transactions = site.module(DataModule.class).transactions();
    IdentityModule identity = site.module(IdentityModule.class);
    RewardsModule rewards = site.module(RewardsModule.class);
    return List.of(
        new MyMemberRoutes(
            transactions,
            identity.users(),
            identity.userProfiles(),
            rewards.members(),
            rewards.cards(),
            rewards.pointLogs(),
            rewards.terms(),
            gate),
        new MyRewardRoutes(
            transactions, rewards.rewards(), rewards.withdrawals(), rewards.terms(), gate),
        new MyMerchantRoutes(
            transactions,
            identity,
            rewards.cards(),
            rewards.pointLogs(),
            site.module(EngineModule.class),
            gate));
  }

  private static RecurringJob alerts(ModuleSite site) {
    BillingModule billing = site.module(BillingModule.class);
    return new RecurringJob(
        "portal.alerts",
        LOOK,
        new AlertRun(
            site.module(DataModule.class).transactions(),
            site.module(IdentityModule.class).tenants(),
            billing.userAlerts(),
            billing.standings(),
            site.module(PassportModule.class).notices(),
            site.module(DataModule.class).clock()));
  }

  @Override
  public Offers offers() {
    return Offers.NONE
        .and(
            InterfaceRoutes.class,
            areas.stream()
                .map(routes -> new InterfaceRoutes(BrowserInterface.CONSOLE, routes))
                .toList())
        .and(RecurringJob.class, alerts);
  }
}
