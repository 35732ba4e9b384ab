package io.tollgate.billing;

import io.tollgate.billing.internal.charges.RequestRefunds;
import io.tollgate.billing.internal.grants.ExpiredGrants;
import io.tollgate.billing.internal.grants.HandGrants;
import io.tollgate.billing.internal.grants.LedgerStandings;
import io.tollgate.billing.internal.grants.StoredAlerts;
import io.tollgate.billing.internal.grants.StoredHandPostings;
import io.tollgate.billing.internal.limits.OpenLimits;
import io.tollgate.billing.internal.limits.SpendLimitModule;
import io.tollgate.billing.internal.limits.WindowsCheck;
import io.tollgate.billing.internal.prices.ChargesExplained;
import io.tollgate.billing.internal.requests.RequestEvents;
import io.tollgate.billing.internal.sheets.SetMultipliers;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.Users;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.LedgerModule;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.metering.BookingEvents;
import io.tollgate.metering.Metering;
import io.tollgate.metering.SpendLimits;
import java.time.InstantSource;
import java.util.List;

/** Prices, free quotas, grants and spend limits, as the program opens them. */
public final class BillingModule implements ProgramModule {
  public static final ModuleEntry<BillingModule> ENTRY =
      ModuleEntry.of(BillingModule.class, BillingModule::open)
          .inEveryProcess()
          .stating(AuditCheck.class, auditChecks());

  private final FreeQuotas freeQuotas;
  private final Grants grants;
  private final HandPostings handPostings;
  private final ChargeRefunds chargeRefunds;
  private final UserStandings standings;
  private final SpendLimitModule spendLimits;
  private final PriceMultiplierSettings multipliers;
  private final RequestEvents requestEvents;
  private final RecurringJob expiry;

  private BillingModule(
      Transactions transactions,
      Ledger ledger,
      LedgerQueries ledgerQueries,
      IdentityModule identity,
      GrantLimits grantLimits,
      InstantSource clock) {
    Tenants tenants = identity.tenants();
    Users users = identity.users();
    this.freeQuotas = new FreeQuotas(ledger, tenants, users, clock);
    this.grants = new HandGrants(ledger, users, grantLimits, clock);
    this.handPostings = new StoredHandPostings(grants, ledger, ledgerQueries, clock);
    this.standings = new LedgerStandings(ledger, freeQuotas);
    this.requestEvents = new RequestEvents(ledger, tenants);
    this.expiry = new ExpiredGrants(transactions, ledger, clock).job();
    this.multipliers = new SetMultipliers(tenants, users, clock);
    this.spendLimits =
        new SpendLimitModule(
            transactions, ledger, ledgerQueries, tenants, users, identity.apiKeys(), clock);
    this.chargeRefunds =
        new RequestRefunds(
            ledger, ledgerQueries, Metering.usageQueries(), spendLimits.open(), clock);
  }

  /**
   * Puts it together over a database, and the ledger and identity in it.
   *
   * @param grantLimits how much may be given by hand
   * @param clock the database's time: no period runs ahead of it
   */
  public static BillingModule over(
      Transactions transactions,
      Ledger ledger,
      LedgerQueries ledgerQueries,
      IdentityModule identity,
      GrantLimits grantLimits,
      InstantSource clock) {
    return new BillingModule(transactions, ledger, ledgerQueries, identity, grantLimits, clock);
  }

  private static BillingModule open(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    LedgerModule books = site.module(LedgerModule.class);
    return new BillingModule(
        data.transactions(),
        books.ledger(),
        books.queries(),
        site.module(IdentityModule.class),
        BillingConfig.from(site.settings()).grantLimits(),
        data.clock());
  }

  /** What the audit of the books is to look at besides. */
  public static List<AuditCheck> auditChecks() {
    return List.of(WindowsCheck.CHECK, new ChargesExplained());
  }

  public FreeQuotas freeQuotas() {
    return freeQuotas;
  }

  public Grants grants() {
    return grants;
  }

  /** What administrators give and forgive by hand. */
  public HandPostings handPostings() {
    return handPostings;
  }

  /** Gives back what requests were charged. */
  public ChargeRefunds chargeRefunds() {
    return chargeRefunds;
  }

  public UserStandings standings() {
    return standings;
  }

  /** Tells clients of relayed requests that are booked. */
  public BookingEvents requestEvents() {
    return requestEvents;
  }

  public SpendLimits spendLimits() {
    return spendLimits.limits();
  }

  public SpendLimitSettings spendLimitSettings() {
    return spendLimits.settings();
  }

  OpenLimits openLimits() {
    return spendLimits.open();
  }

  /** Of what users want to be told. */
  public UserAlerts userAlerts() {
    return new StoredAlerts();
  }

  public PriceMultiplierSettings priceMultipliers() {
    return multipliers;
  }

  @Override
  public Offers offers() {
    return Offers.of(RecurringJob.class, spendLimits.lowered()).and(RecurringJob.class, expiry);
  }
}
