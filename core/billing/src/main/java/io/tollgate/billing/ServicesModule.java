package io.tollgate.billing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.internal.callers.BillingCallers;
import io.tollgate.billing.internal.callers.NamedUsers;
import io.tollgate.billing.internal.charges.ChargeRoutes;
import io.tollgate.billing.internal.charges.ChargeSteps;
import io.tollgate.billing.internal.charges.ChargesWing;
import io.tollgate.billing.internal.charges.ReservationsHeld;
import io.tollgate.billing.internal.charges.ServiceChargesCheck;
import io.tollgate.billing.internal.grants.GrantRoutes;
import io.tollgate.billing.internal.grants.MonthlyQuotas;
import io.tollgate.billing.internal.grants.RelayStandings;
import io.tollgate.billing.internal.grants.ServiceQuotas;
import io.tollgate.billing.internal.records.RecordList;
import io.tollgate.billing.internal.records.RecordRoutes;
import io.tollgate.billing.internal.records.StoredRecords;
import io.tollgate.billing.internal.records.StoredSoldFigures;
import io.tollgate.billing.internal.services.SetServices;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.Tenants;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditReservation;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.LedgerModule;
import io.tollgate.metering.Metering;
import io.tollgate.metering.MeteringModule;
import io.tollgate.web.HttpInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.PublicAddress;
import io.tollgate.web.Routes;
import io.tollgate.web.SessionCookie;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Services that tenants' backends charge for, and the charges themselves. */
public final class ServicesModule implements ProgramModule {
  private static final HttpInterface USERS = HttpInterface.open("billing").alsoInternal();
  private static final HttpInterface BACKEND = HttpInterface.internal("billing");

  public static final ModuleEntry<ServicesModule> ENTRY =
      ModuleEntry.of(ServicesModule.class, ServicesModule::open)
          .inEveryProcess()
          .with(settings())
          .stating(HttpInterface.class, List.of(USERS, BACKEND))
          .stating(AuditCheck.class, auditChecks())
          .stating(AuditReservation.class, auditReservations());

  private final Services services;
  private final ChargesWing wing;
  private final MonthlyQuotas monthly;
  private final BillingRecords records;
  private final SoldFigures soldFigures;
  private final RecordRoutes recordRoutes;
  private final ChargeRoutes chargeRoutes;
  private final GrantRoutes grantRoutes;

  private ServicesModule(
      Transactions transactions,
      Transactions books,
      Ledger ledger,
      IdentityModule identity,
      BillingModule billing,
      ServicesConfig servicesConfig,
      ChargesConfig chargesConfig,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random,
      MeterRegistry registry,
      ChargeSteps steps,
      SessionCookie cookie) {
    this.services = new SetServices(servicesConfig, clock);
    ServiceQuotas quotas = new ServiceQuotas(ledger, billing.freeQuotas());
    this.wing =
        new ChargesWing(
            transactions,
            ledger,
            identity,
            services,
            quotas,
            billing.openLimits(),
            chargesConfig,
            clock,
            nanoTime,
            random,
            registry,
            steps);
    this.monthly = new MonthlyQuotas(transactions, identity.tenants(), services, quotas, clock);
    this.soldFigures = soldFigures(identity.tenants());
    this.records =
        new StoredRecords(
            books,
            ledger,
            identity.tenants(),
            identity.users(),
            services,
            quotas,
            Metering.usageQueries(),
            clock);
    BillingCallers callers = new BillingCallers(identity, cookie);
    this.recordRoutes =
        new RecordRoutes(
            records,
            new RelayStandings(books, identity.tenants(), billing.standings(), clock),
            new NamedUsers(callers, records),
            servicesConfig.envelope());
    this.grantRoutes =
        new GrantRoutes(
            transactions,
            billing.grants(),
            identity.tenants(),
            identity.serviceTokens(),
            services,
            servicesConfig.envelope(),
            clock);
    this.chargeRoutes = new ChargeRoutes(wing.charges(), callers, servicesConfig.envelope());
  }

  private static ServicesModule open(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    return new ServicesModule(
        data.transactions(),
        MeteringModule.booksOf(site),
        site.module(LedgerModule.class).ledger(),
        site.module(IdentityModule.class),
        site.module(BillingModule.class),
        ServicesConfig.from(site.settings()),
        ChargesConfig.from(site.settings()),
        data.clock(),
        System::nanoTime,
        site.random(),
        site.facility(MeterRegistry.class),
        ChargeSteps.of(System.getenv(), Runtime.getRuntime()::halt),
        SessionCookie.ofUsers(site.facility(PublicAddress.class).secure()));
  }

  /**
   * Puts it together over a database, and the ledger and identity in it.
   *
   * @param billing gives the relay's free quota, and tells what users have
   * @param clock the database's time
   * @param nanoTime monotonic nanoseconds
   */
  public static ServicesModule over(
      Transactions transactions,
      Ledger ledger,
      IdentityModule identity,
      BillingModule billing,
      ServicesConfig servicesConfig,
      ChargesConfig chargesConfig,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    return new ServicesModule(
        transactions,
        transactions,
        ledger,
        identity,
        billing,
        servicesConfig,
        chargesConfig,
        clock,
        nanoTime,
        random,
        new SimpleMeterRegistry(),
        ChargeSteps.NONE,
        SessionCookie.ofUsers(false));
  }

  static List<Setting<?>> settings() {
    return Stream.concat(ServicesConfig.settings().stream(), ChargesConfig.settings().stream())
        .toList();
  }

  /** What the audit of the books is to look at besides. */
  public static List<AuditCheck> auditChecks() {
    return ServiceChargesCheck.all();
  }

  /** What it holds of accounts. */
  public static List<AuditReservation> auditReservations() {
    return List.of(ReservationsHeld.QUERY);
  }

  /** What calls of services that are under way hold of these accounts. */
  public static Map<AccountId, Long> reserved(
      Transaction transaction, Collection<AccountId> accounts) {
    return ReservationsHeld.of(transaction, accounts);
  }

  public Services services() {
    return services;
  }

  public ServiceCharges charges() {
    return wing.charges();
  }

  /** What was sold and paid in, of all users. */
  public SoldFigures soldFigures() {
    return soldFigures;
  }

  /** The same without the module. */
  public static SoldFigures soldFigures(Tenants tenants) {
    return new StoredSoldFigures(tenants);
  }

  public BillingRecords records() {
    return records;
  }

  /** What was charged, of all users. */
  public RecordLists recordLists() {
    return new RecordList();
  }

  /** {@code GET /api/v1/billing/…}. */
  public Routes recordRoutes() {
    return recordRoutes;
  }

  /** {@code POST /internal/v1/billing/…}: check, deduct and refund. */
  public Routes chargeRoutes() {
    return chargeRoutes;
  }

  /** {@code POST /internal/v1/billing/grants}. */
  public Routes grantRoutes() {
    return grantRoutes;
  }

  @Override
  public Offers offers() {
    return Offers.of(RecurringJob.class, wing.lapse())
        .and(RecurringJob.class, monthly.job())
        .and(InterfaceRoutes.class, new InterfaceRoutes(USERS, recordRoutes))
        .and(InterfaceRoutes.class, new InterfaceRoutes(BACKEND, chargeRoutes))
        .and(InterfaceRoutes.class, new InterfaceRoutes(BACKEND, grantRoutes));
  }

  @Override
  public void close() {
    wing.close();
  }
}
