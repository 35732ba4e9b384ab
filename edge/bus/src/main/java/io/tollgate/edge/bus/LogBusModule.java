package io.tollgate.edge.bus;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DataModule;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.User;
import io.tollgate.insight.InsightModule;
import io.tollgate.insight.RequestSending;
import io.tollgate.insight.RequestTaking;
import io.tollgate.relay.gateway.LoggedRequest.Payer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings entries of the request log over the bus: takes them in a process that has the log, and
 * sends them from a process that relays and leaves its log to another.
 */
public final class LogBusModule implements ProgramModule {
  public static final ModuleEntry<LogBusModule> ENTRY =
      ModuleEntry.of(LogBusModule.class, LogBusModule::open).inRole("gateway");

  private final Optional<Opened> opened;

  /**
   * @param ending ends what goes over it, before it
   */
  private record Opened(Bus bus, Runnable ending) {}

  private LogBusModule(Optional<Opened> opened) {
    this.opened = requireNonNull(opened, "opened is null");
  }

  private static LogBusModule open(ModuleSite site) {
    BusConfig config = BusConfig.from(site.settings());
    InsightModule insight = site.module(InsightModule.class);
    if (config.urls().isEmpty()) {
      if (insight.sending().isPresent()) {
        throw new IllegalArgumentException(
            "insight.store: nats without nats.url (expected: where NATS is)");
      }
      return new LogBusModule(Optional.empty());
    }
    String url = config.urls().get();
    return new LogBusModule(
        insight
            .sending()
            .map(sending -> send(bus(site, config, url), sending, site))
            .or(() -> insight.taking().map(log -> take(bus(site, config, url), log, site))));
  }

  private static Bus bus(ModuleSite site, BusConfig config, String url) {
    return new Bus(config, url, site.facility(MeterRegistry.class), "log");
  }

  private static Opened send(Bus bus, RequestSending sending, ModuleSite site) {
    sending.begin(
        new LogPublisher(
            bus,
            new UserNames(
                site.module(DataModule.class).transactions(),
                site.module(IdentityModule.class).users()),
            UUID.randomUUID().toString(),
            site.facility(MeterRegistry.class)));
    return new Opened(bus, sending::close);
  }

  private static Opened take(Bus bus, RequestTaking log, ModuleSite site) {
    LogConsumer consumer =
        new LogConsumer(
            bus,
            log,
            payers(site.module(DataModule.class).transactions(), site.module(IdentityModule.class)),
            InstantSource.system(),
            site.facility(MeterRegistry.class));
    consumer.start();
    return new Opened(bus, consumer::close);
  }

  /** Those of the tenant that is named, with a key of their own; nobody else's. */
  static LogEntryReader.Payers payers(Transactions transactions, IdentityModule identity) {
    return (tenant, name, key) ->
        transactions.read(
            transaction -> {
              User user =
                  identity
                      .users()
                      .findByExternalId(transaction, tenant, name)
                      .orElseThrow(
                          () ->
                              new Refusal(
                                  ErrorCode.USER_NOT_FOUND,
                                  "user_id: nobody of the tenant (expected: one of its users)"));
              return identity
                  .apiKeys()
                  .userOf(transaction, tenant, key)
                  .filter(user.id()::equals)
                  .map(owner -> new Payer(tenant, owner, key))
                  .orElseThrow(
                      () ->
                          new Refusal(
                              ErrorCode.NOT_FOUND,
                              "api_key_id: no key of the user (expected: one of theirs)"));
            });
  }

  @Override
  public void close() {
    opened.ifPresent(
        each -> {
          each.ending().run();
          each.bus().close();
        });
  }
}
