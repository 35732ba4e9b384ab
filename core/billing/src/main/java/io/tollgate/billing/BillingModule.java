package io.tollgate.billing;

import io.tollgate.billing.internal.grants.GrantRoutes;
import io.tollgate.billing.internal.grants.HandGrants;
import io.tollgate.billing.internal.grants.LedgerStandings;
import io.tollgate.billing.internal.limits.SpendLimitModule;
import io.tollgate.billing.internal.limits.WindowsCheck;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.identity.ApiKeys;
import io.tollgate.identity.ServiceTokens;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.Users;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.metering.SpendLimits;
import io.tollgate.web.Routes;
import java.time.InstantSource;
import java.util.List;

/** Makes what billing offers. */
public final class BillingModule {
  private final FreeQuotas freeQuotas;
  private final Grants grants;
  private final UserStandings standings;
  private final Routes privateRoutes;
  private final SpendLimitModule spendLimits;

  /** Billing as it is where nothing is set. */
  public BillingModule(
      Transactions transactions,
      Ledger ledger,
      LedgerQueries ledgerQueries,
      Tenants tenants,
      Users users,
      ApiKeys apiKeys,
      ServiceTokens serviceTokens,
      InstantSource clock) {
    this(
        transactions,
        ledger,
        ledgerQueries,
        tenants,
        users,
        apiKeys,
        serviceTokens,
        GrantLimits.defaults(),
        clock);
  }

  /**
   * The same.
   *
   * @param grantLimits how much may be given by hand
   * @param clock the database's time: no period runs ahead of it
   */
  public BillingModule(
      Transactions transactions,
      Ledger ledger,
      LedgerQueries ledgerQueries,
      Tenants tenants,
      Users users,
      ApiKeys apiKeys,
      ServiceTokens serviceTokens,
      GrantLimits grantLimits,
      InstantSource clock) {
    this.freeQuotas = new FreeQuotas(ledger, tenants, users, clock);
    this.grants = new HandGrants(ledger, users, grantLimits, clock);
    this.standings = new LedgerStandings(ledger, ledgerQueries, freeQuotas);
    this.privateRoutes = new GrantRoutes(transactions, grants, tenants, serviceTokens, clock);
    this.spendLimits =
        new SpendLimitModule(transactions, ledger, ledgerQueries, tenants, users, apiKeys, clock);
  }

  /** What the audit of the books is to look at besides. */
  public static List<AuditCheck> auditChecks() {
    return List.of(new WindowsCheck());
  }

  public FreeQuotas freeQuotas() {
    return freeQuotas;
  }

  public Grants grants() {
    return grants;
  }

  public UserStandings standings() {
    return standings;
  }

  public SpendLimits spendLimits() {
    return spendLimits.limits();
  }

  public SpendLimitSettings spendLimitSettings() {
    return spendLimits.settings();
  }

  /** What has to be done again and again, for {@link io.tollgate.data.JobScheduler}. */
  public List<RecurringJob> jobs() {
    return List.of(spendLimits.lowered());
  }

  /** For the private port: {@code POST /internal/v1/billing/grants}. */
  public Routes privateRoutes() {
    return privateRoutes;
  }
}
