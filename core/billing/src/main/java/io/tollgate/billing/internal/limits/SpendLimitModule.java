package io.tollgate.billing.internal.limits;

import io.tollgate.billing.SpendLimitSettings;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.identity.ApiKeys;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.Users;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.metering.SpendLimits;
import java.time.InstantSource;

/** Wires the parts of spend limits together. */
public final class SpendLimitModule {
  private final SpendLimits limits;
  private final OpenLimits open;
  private final SpendLimitSettings settings;
  private final RecurringJob lowered;

  public SpendLimitModule(
      Transactions transactions,
      Ledger ledger,
      LedgerQueries ledgerQueries,
      Tenants tenants,
      Users users,
      ApiKeys apiKeys,
      InstantSource clock) {
    TenantZones zones = new TenantZones(tenants);
    WindowAllotments allotments = new WindowAllotments(ledger, clock);
    this.limits = new SpendLimitBook(zones, allotments);
    this.open = new OpenLimits(zones, limits);
    this.settings =
        new StoredSpendLimits(
            new LimitOrders(tenants, users, apiKeys),
            new LimitStandings(ledgerQueries, zones),
            zones,
            allotments,
            clock);
    this.lowered = new LoweredLimits(transactions, allotments, clock).job();
  }

  public SpendLimits limits() {
    return limits;
  }

  /** Of users and tenants, for charges of services. */
  public OpenLimits open() {
    return open;
  }

  public SpendLimitSettings settings() {
    return settings;
  }

  /** Takes back what limits that were lowered give no more. */
  public RecurringJob lowered() {
    return lowered;
  }
}
