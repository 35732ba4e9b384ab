package io.tollgate.billing.internal.charges;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.ChargesConfig;
import io.tollgate.billing.ServiceCharges;
import io.tollgate.billing.Services;
import io.tollgate.billing.internal.grants.ServiceQuotas;
import io.tollgate.billing.internal.limits.OpenLimits;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.identity.IdentityModule;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Charges for services, put together. */
public final class ChargesWing implements AutoCloseable {
  private static final Duration LAPSE_EVERY = Duration.ofSeconds(10);

  private final GatheredCharges charges;
  private final LapsedReservations lapsed;

  /**
   * @param clock the database's time
   * @param nanoTime monotonic nanoseconds: {@code System::nanoTime}
   */
  public ChargesWing(
      Transactions transactions,
      Ledger ledger,
      IdentityModule identity,
      Services services,
      ServiceQuotas quotas,
      OpenLimits limits,
      ChargesConfig config,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random,
      MeterRegistry registry,
      ChargeSteps steps) {
    this.lapsed = new LapsedReservations(transactions, ledger, clock);
    TenantAccounts tenants = new TenantAccounts(ledger);
    CallPreparation preparation =
        new CallPreparation(
            transactions, identity.tenants(), identity.users(), services, quotas, clock);
    ChargeMeters meters = new ChargeMeters(registry);
    ChargeEvents events = new ChargeEvents(meters, config.lowBalanceUnits());
    BatchParts parts =
        new BatchParts(
            ledger, services, limits, clock, random, config.reserved(), tenants, events, steps);
    ChargeWork work =
        new ChargeWork(
            transactions,
            preparation,
            parts,
            new ShortCalls(transactions, ledger, limits, lapsed, clock, nanoTime));
    CheckWork reading =
        new CheckWork(transactions, preparation, new CheckBatch(parts, Ledgers.queries()), work);
    this.charges =
        new GatheredCharges(
            transactions,
            work,
            reading,
            new Refunds(ledger, limits, tenants, clock, steps),
            config,
            meters,
            nanoTime);
  }

  public ServiceCharges charges() {
    return charges;
  }

  /** Ends reservations that have lapsed. */
  public RecurringJob lapse() {
    return new RecurringJob("billing.lapsed_reservations", LAPSE_EVERY, lapsed::run);
  }

  @Override
  public void close() {
    charges.close();
  }
}
