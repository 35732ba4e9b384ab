package io.tollgate.edge.bus;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.ServiceCharges;
import io.tollgate.billing.ServicesModule;
import io.tollgate.data.DataModule;
import io.tollgate.data.Database;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.Users;
import java.util.Optional;
import java.util.UUID;

/** Opens the bus for the program, where one is configured. */
public final class BusModule implements ProgramModule {
  public static final ModuleEntry<BusModule> ENTRY =
      ModuleEntry.of(BusModule.class, BusModule::open).inRole("billing").with(BusConfig.settings());

  private final Optional<Opened> opened;

  private record Opened(Bus bus, UsageConsumer usage) {}

  private BusModule(Optional<Opened> opened) {
    this.opened = requireNonNull(opened, "opened is null");
  }

  private static BusModule open(ModuleSite site) {
    return over(
        BusConfig.from(site.settings()),
        site.module(DataModule.class).database(),
        site.module(IdentityModule.class).users(),
        site.module(ServicesModule.class).charges(),
        site.facility(MeterRegistry.class));
  }

  /** Puts it together over a database that has not been started yet. */
  static BusModule over(
      BusConfig config,
      Database database,
      Users users,
      ServiceCharges charges,
      MeterRegistry registry) {
    return new BusModule(
        config
            .urls()
            .map(
                url -> {
                  Bus bus = new Bus(config, url, registry, "events");
                  database
                      .outbox()
                      .subscribe(
                          new BusPublisher(
                              bus,
                              new UserNames(database.transactions(), users),
                              UUID.randomUUID().toString(),
                              registry));
                  UsageConsumer usage =
                      new UsageConsumer(
                          bus, new ForeignUsage(charges, config.usageService()), registry);
                  usage.start();
                  return new Opened(bus, usage);
                }));
  }

  @Override
  public void close() {
    opened.ifPresent(
        each -> {
          each.usage().close();
          each.bus().close();
        });
  }
}
