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
import io.tollgate.insight.RequestTaking;
import io.tollgate.relay.gateway.LoggedRequest.Payer;
import java.time.InstantSource;
import java.util.Optional;

/** Takes the request log's entries from the bus, in a process that relays and has the log. */
public final class LogBusModule implements ProgramModule {
  public static final ModuleEntry<LogBusModule> ENTRY =
      ModuleEntry.of(LogBusModule.class, LogBusModule::open).inRole("gateway");

  private final Optional<Opened> opened;

  private record Opened(Bus bus, LogConsumer consumer) {}

  private LogBusModule(Optional<Opened> opened) {
    this.opened = requireNonNull(opened, "opened is null");
  }

  private static LogBusModule open(ModuleSite site) {
    BusConfig config = BusConfig.from(site.settings());
    Optional<RequestTaking> log = site.module(InsightModule.class).taking();
    Transactions transactions = site.module(DataModule.class).transactions();
    IdentityModule identity = site.module(IdentityModule.class);
    return new LogBusModule(
        config
            .urls()
            .flatMap(
                url ->
                    log.map(
                        taking ->
                            start(
                                new Bus(config, url, site.facility(MeterRegistry.class), "log"),
                                taking,
                                payers(transactions, identity),
                                InstantSource.system(),
                                site.facility(MeterRegistry.class)))));
  }

  private static Opened start(
      Bus bus,
      RequestTaking log,
      LogEntryReader.Payers payers,
      InstantSource clock,
      MeterRegistry registry) {
    LogConsumer consumer = new LogConsumer(bus, log, payers, clock, registry);
    consumer.start();
    return new Opened(bus, consumer);
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
          each.consumer().close();
          each.bus().close();
        });
  }
}
