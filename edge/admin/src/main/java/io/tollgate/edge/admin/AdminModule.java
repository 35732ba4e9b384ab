package io.tollgate.edge.admin;

import com.github.benmanes.caffeine.cache.Ticker;
import io.tollgate.billing.AccountCostModule;
import io.tollgate.billing.BillingModule;
import io.tollgate.billing.CodesModule;
import io.tollgate.billing.PricesModule;
import io.tollgate.billing.RechargeModule;
import io.tollgate.billing.ServicesModule;
import io.tollgate.billing.SubscriptionsModule;
import io.tollgate.data.DataModule;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramFacts;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.AdminChanges;
import io.tollgate.identity.AdminLogModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.PassportModule;
import io.tollgate.insight.InsightModule;
import io.tollgate.ledger.Audit;
import io.tollgate.ledger.LedgerModule;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.InDoubt;
import io.tollgate.metering.Metering;
import io.tollgate.metering.MeteringModule;
import io.tollgate.relay.accounts.AccountsModule;
import io.tollgate.relay.rules.RulesModule;
import io.tollgate.rewards.RewardsModule;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.web.BrowserInterface;
import io.tollgate.web.HttpInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.PublicAddress;
import io.tollgate.web.Routes;
import io.tollgate.web.SignInShelter;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Opens the admin and data API for the program. */
public final class AdminModule implements ProgramModule {
  private final List<Routes> routes;

  private AdminModule(AdminChanges changes, Routes... routes) {
    this.routes =
        Arrays.stream(routes).<Routes>map(each -> new NotedRoutes(each, changes)).toList();
  }

  /**
   * The module as the program's list names it.
   *
   * @param devices that users have connected
   */
  public static ModuleEntry<AdminModule> entry(UserDevices devices) {
    return ModuleEntry.of(AdminModule.class, site -> open(site, devices))
        .inRole("console")
        .with(List.of(BrowserInterface.PORT))
        .stating(HttpInterface.class, List.of(BrowserInterface.CONSOLE));
  }

  private static AdminModule open(ModuleSite site, UserDevices devices) {
    AccountsModule relay = site.module(AccountsModule.class);
    LedgerModule books = site.module(LedgerModule.class);
    AdminGate gate =
        AdminGate.of(site.module(IdentityModule.class), site.module(PassportModule.class));
    InDoubt inDoubt =
        Metering.inDoubt(
            books.ledger(),
            site.module(PricesModule.class).prices(),
            BookingListeners.told(site.module(BillingModule.class).requestEvents()),
            site.module(DataModule.class).clock());
    DashboardReads reads =
        new DashboardReads(
            MeteringModule.booksOf(site),
            site.module(IdentityModule.class).tenants(),
            site.module(IdentityModule.class).peopleFigures(),
            Metering.usageQueries(),
            inDoubt,
            site.module(ServicesModule.class).soldFigures(),
            books.queries(),
            site.module(EngineModule.class).figures(),
            site.module(DataModule.class).clock());
    InsightModule log = site.module(InsightModule.class);
    AdminChanges changes = site.module(AdminLogModule.class).changes();
    MemberAdmin members = MemberAdmin.of(site, gate);
    TradingAdmin trading =
        new TradingAdmin(
            site.module(DataModule.class).transactions(),
            site.module(IdentityModule.class),
            site.module(RewardsModule.class).cards(),
            site.module(EngineModule.class),
            site.module(DataModule.class).clock(),
            gate);
    return new AdminModule(
        changes,
        members,
        trading,
        new ManualOrderRoutes(
            EngineModule.manual(site),
            () -> new UUID(site.random().nextLong(), site.random().nextLong()).toString(),
            gate),
        new MonitorAdmin(site, "/api/signal-monitor", gate),
        new AdminRoutes(
            MeteringModule.booksOf(site),
            site.module(IdentityModule.class),
            site.module(PassportModule.class),
            SignInShelter.of(site.facility(PublicAddress.class)),
            inDoubt,
            site.module(BillingModule.class),
            site.module(PricesModule.class).prices(),
            site.module(PricesModule.class).sheets(),
            site.module(AccountCostModule.class).costs(),
            site.module(DataModule.class).clock(),
            books.queries(),
            site.facility(Audit.class),
            new RelayAdmin(
                relay.providers(),
                relay.accounts(),
                relay.routings(),
                site.module(RulesModule.class).admin())),
        new TenantRoutes(
            MeteringModule.booksOf(site),
            site.module(IdentityModule.class).tenants(),
            site.module(IdentityModule.class).tenantRegister(),
            new TenantFigures(
                Metering.usageQueries(),
                site.module(ServicesModule.class).soldFigures(),
                site.module(DataModule.class).clock(),
                Ticker.systemTicker()),
            gate),
        new DashboardRoutes(reads, gate, Ticker.systemTicker()),
        new LiveRoutes(reads, gate, Ticker.systemTicker()),
        new LeaseRoutes(
            Metering.leases(
                site.module(DataModule.class).transactions(),
                books.ledger(),
                site.module(DataModule.class).clock()),
            gate),
        new UserDeviceRoutes(
            site.module(DataModule.class).transactions(),
            site.module(IdentityModule.class).users(),
            devices,
            gate),
        new SearchRoutes(search(site), gate),
        new CanCallRoutes(canCall(site), gate),
        new RequestLogRoutes(
            log.requests(),
            site.module(IdentityModule.class).keyRegister(),
            log.exportRowsMax(),
            gate),
        new RequestChargeRoutes(
            MeteringModule.booksOf(site),
            site.module(DataModule.class).transactions(),
            Metering.usageQueries(),
            books.queries(),
            site.module(BillingModule.class).chargeRefunds(),
            gate),
        new LogKeepingRoutes(
            site.module(DataModule.class).transactions(),
            log.comparisons(),
            InsightModule.retentions(),
            site.module(IdentityModule.class).tenants(),
            gate,
            site.module(DataModule.class).clock()),
        new RechargeRoutes(
            site.module(DataModule.class).transactions(), site.module(RechargeModule.class), gate),
        new UnbookedRoutes(
            site.module(DataModule.class).transactions(),
            Metering.unbooked(
                site.module(DataModule.class).transactions(),
                books.ledger(),
                site.module(PricesModule.class).prices(),
                site.module(DataModule.class).clock()),
            books.queries(),
            gate),
        new RefundRoutes(
            site.module(DataModule.class).transactions(), site.module(RechargeModule.class), gate),
        new ModelRoutes(
            site.module(DataModule.class).transactions(),
            site.module(PricesModule.class).prices(),
            relay.accounts(),
            log.requests(),
            site.module(DataModule.class).clock(),
            gate),
        new SettingsRoutes(
            site.module(DataModule.class).transactions(),
            site.settings(),
            InsightModule.retentions(),
            site.module(RechargeModule.class),
            site.facility(ProgramFacts.class),
            gate),
        new RecordRoutes(
            MeteringModule.booksOf(site), site.module(ServicesModule.class).recordLists(), gate),
        new ServiceRoutes(
            site.module(DataModule.class).transactions(),
            site.module(ServicesModule.class).services(),
            site.module(IdentityModule.class).tenants(),
            gate,
            site.module(DataModule.class).clock()),
        new AdminLogRoutes(
            site.module(DataModule.class).transactions(),
            changes,
            gate,
            site.module(DataModule.class).clock()),
        new SellingRoutes(
            site.module(DataModule.class).transactions(),
            site.module(SubscriptionsModule.class),
            site.module(CodesModule.class),
            gate));
  }

  private static ThingSearch search(ModuleSite site) {
    return new ThingSearch(
        site.module(DataModule.class).transactions(),
        site.module(IdentityModule.class),
        site.module(InsightModule.class).requests(),
        site.module(LedgerModule.class).queries(),
        site.module(RechargeModule.class).admin(),
        site.module(CodesModule.class).codes());
  }

  private static CanCall canCall(ModuleSite site) {
    return new CanCall(
        MeteringModule.booksOf(site),
        site.module(IdentityModule.class),
        site.module(PricesModule.class).prices(),
        site.module(BillingModule.class).spendLimitSettings(),
        site.module(BillingModule.class).standings(),
        site.module(AccountsModule.class).accounts(),
        site.module(DataModule.class).clock());
  }

  @Override
  public Offers offers() {
    Offers offers = Offers.NONE;
    for (Routes each : routes) {
      offers =
          offers.and(InterfaceRoutes.class, new InterfaceRoutes(BrowserInterface.CONSOLE, each));
    }
    return offers;
  }
}
