package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.charges.ChargesWing;
import io.tollgate.billing.internal.charges.ReservationsHeld;
import io.tollgate.billing.internal.grants.ServiceQuotas;
import io.tollgate.billing.internal.services.SetServices;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.ledger.AuditReservation;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.LedgerModule;
import io.tollgate.metering.Entitlements;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Services that tenants' backends charge for, and the charges themselves. */
public final class ServicesModule implements ProgramModule {
  public static final ModuleEntry<ServicesModule> ENTRY =
      ModuleEntry.of(ServicesModule.class, ServicesModule::open)
          .inEveryProcess()
          .with(settings())
          .stating(AuditReservation.class, auditReservations());

  private final Services services;
  private final ChargesWing wing;

  private ServicesModule(Services services, ChargesWing wing) {
    this.services = requireNonNull(services, "services is null");
    this.wing = requireNonNull(wing, "wing is null");
  }

  private static ServicesModule open(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    return over(
        data.transactions(),
        site.module(LedgerModule.class).ledger(),
        site.module(IdentityModule.class),
        site.module(BillingModule.class).freeQuotas(),
        ServicesConfig.from(site.settings()),
        ChargesConfig.from(site.settings()),
        data.clock(),
        System::nanoTime,
        site.random());
  }

  /**
   * Puts it together over a database, and the ledger and identity in it.
   *
   * @param freeTokens gives the relay's free quota
   * @param clock the database's time
   * @param nanoTime monotonic nanoseconds
   */
  public static ServicesModule over(
      Transactions transactions,
      Ledger ledger,
      IdentityModule identity,
      Entitlements freeTokens,
      ServicesConfig servicesConfig,
      ChargesConfig chargesConfig,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    Services services = new SetServices(servicesConfig, clock);
    return new ServicesModule(
        services,
        new ChargesWing(
            transactions,
            ledger,
            identity,
            services,
            new ServiceQuotas(ledger, freeTokens),
            chargesConfig,
            clock,
            nanoTime,
            random));
  }

  static List<Setting<?>> settings() {
    return Stream.concat(ServicesConfig.settings().stream(), ChargesConfig.settings().stream())
        .toList();
  }

  /** What it holds of accounts. */
  public static List<AuditReservation> auditReservations() {
    return List.of(ReservationsHeld.QUERY);
  }

  public Services services() {
    return services;
  }

  public ServiceCharges charges() {
    return wing.charges();
  }

  @Override
  public Offers offers() {
    return Offers.of(RecurringJob.class, wing.lapse());
  }

  @Override
  public void close() {
    wing.close();
  }
}
