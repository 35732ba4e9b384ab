package io.tollgate.edge.sync;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.BillingModule;
import io.tollgate.billing.UserStandings;
import io.tollgate.data.DataModule;
import io.tollgate.data.Database;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.metering.MeteringModule;
import io.tollgate.web.HttpInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.PublicAddress;
import io.tollgate.web.Routes;
import io.tollgate.web.SessionCookie;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Opens the sync interface for the program. */
public final class SyncModule implements ProgramModule {
  private static final Setting<Integer> PORT =
      Setting.port("sync.port", 8_081, "Port of sync as a role of its own.");
  private static final HttpInterface SYNC =
      HttpInterface.open("sync").withOwnPort(PORT).alsoInternal();

  public static final ModuleEntry<SyncModule> ENTRY =
      ModuleEntry.of(SyncModule.class, SyncModule::open)
          .inRole("sync")
          .with(List.of(PORT))
          .with(SyncConfig.settings())
          .stating(HttpInterface.class, List.of(SYNC));

  /** How often it is looked for what processes left that have died. */
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final SyncHub hub;
  private final SyncRoutes routes;
  private final Transactions transactions;

  private SyncModule(SyncHub hub, SyncRoutes routes, Transactions transactions) {
    this.hub = hub;
    this.routes = routes;
    this.transactions = transactions;
  }

  private static SyncModule open(ModuleSite site) {
    return over(
        SyncConfig.from(site.settings()),
        site.module(DataModule.class).database(),
        MeteringModule.booksOf(site),
        site.module(IdentityModule.class),
        site.module(BillingModule.class).standings(),
        SessionCookie.ofUsers(site.facility(PublicAddress.class).secure()),
        site.facility(MeterRegistry.class));
  }

  /** Puts it together over a database that has not been started yet. */
  static SyncModule over(
      SyncConfig config,
      Database database,
      Transactions books,
      IdentityModule identity,
      UserStandings standings,
      SessionCookie cookie,
      MeterRegistry registry) {
    InstantSource clock = database.clock();
    SyncReads reads =
        new SyncReads(
            database.transactions(),
            books,
            standings,
            database.userEvents(),
            database.liveEvents(),
            clock);
    SyncAccess access =
        new SyncAccess(
            database.transactions(),
            identity.bearers(),
            identity.userSessions(),
            identity.tenants(),
            identity.users());
    DeviceRegister devices =
        new DeviceRegister(
            database.transactions(),
            new DeviceTable(UUID.randomUUID(), config.devicesBeat().multipliedBy(3)),
            config.devicesBeat());
    SyncHub hub = new SyncHub(config, reads, access, new SyncMeters(registry, clock), devices);
    database.liveEvents().subscribe(hub);
    database.notifications().subscribe(DeviceTable.ENDED, devices);
    return new SyncModule(hub, new SyncRoutes(books, hub, clock, cookie), database.transactions());
  }

  Routes routes() {
    return routes;
  }

  @Override
  public Offers offers() {
    return Offers.of(InterfaceRoutes.class, new InterfaceRoutes(SYNC, routes))
        .and(RecurringJob.class, new RecurringJob("sync.devices", SWEEP, this::sweep));
  }

  private void sweep() {
    boolean unused =
        transactions.write(
            transaction -> {
              DeviceTable.sweep(transaction);
              return true;
            });
  }

  @Override
  public void close() {
    hub.close();
  }
}
