package io.tollgate.relay.gateway;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.PricesModule;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.EventLoops;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.ground.module.ReadinessCheck;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.LimitSharing;
import io.tollgate.metering.MeteringModule;
import io.tollgate.relay.accounts.AccountsModule;
import io.tollgate.relay.gateway.internal.kept.KeptForgetting;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.rules.RulesModule;
import io.tollgate.web.HttpInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.UpstreamConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the gateway in a process that has its role, and closes it again. */
public final class GatewayModule implements ProgramModule {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayModule.class);
  private static final Duration LAST_REQUESTS = Duration.ofSeconds(30);
  private static final HttpInterface RELAY = HttpInterface.open("gateway");

  public static final ModuleEntry<GatewayModule> ENTRY =
      ModuleEntry.of(GatewayModule.class, GatewayModule::open)
          .inRole("gateway")
          .with(settings())
          .retiring("relay.in.flight.most", "relay.in.flight.max")
          .retiring("relay.attempts.most", "relay.attempts.max")
          .stating(HttpInterface.class, List.of(RELAY));

  private final ExecutorService loading;
  private final LimitSharing sharing;
  private final RelayGateway gateway;
  private final RecurringJob forgetting;

  private GatewayModule(
      ExecutorService loading,
      LimitSharing sharing,
      RelayGateway gateway,
      RecurringJob forgetting) {
    this.forgetting = requireNonNull(forgetting, "forgetting is null");
    this.loading = requireNonNull(loading, "loading is null");
    this.sharing = requireNonNull(sharing, "sharing is null");
    this.gateway = requireNonNull(gateway, "gateway is null");
  }

  private static List<Setting<?>> settings() {
    List<Setting<?>> settings = new ArrayList<>(UpstreamConfig.settings());
    settings.addAll(RelayConfig.settings());
    settings.addAll(KeptConfig.settings());
    return settings;
  }

  private static GatewayModule open(ModuleSite site) {
    IdentityModule identity = site.module(IdentityModule.class);
    UpstreamConfig upstream = UpstreamConfig.from(site.settings());
    int loops = site.facility(EventLoops.class).count();
    ExecutorService loading =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("token-counter-", 0).factory());
    KeptParts kept = kept(site);
    return new GatewayModule(
        loading,
        identity.shareLimits(site.dataDirectory(), site.facility(MeterRegistry.class)),
        new RelayGateway(
            new RelayParts(
                RelayConfig.from(site.settings()),
                identity.apiKeys(),
                identity.requestLimits(),
                identity.tokenLimits(),
                identity.concurrencyLimits(),
                site.module(PricesModule.class).prices(),
                site.module(MeteringModule.class).metering(),
                site.module(AccountsModule.class).routing(),
                TokenCounter.loadingOn(loading),
                upstream.clients(loops, site.facility(MeterRegistry.class)),
                site.facility(MeterRegistry.class),
                // what providers tell the time by; nothing of money goes by it
                Clock.systemUTC(),
                site.dataDirectory().resolve("temporary").resolve("forms"),
                site.module(RulesModule.class).ruled(),
                Optional.of(kept))),
        KeptForgetting.job(kept));
  }

  private static KeptParts kept(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    return new KeptParts(
        KeptConfig.from(site.settings()),
        site.module(AccountsModule.class).kept(),
        site.module(MeteringModule.class).metering().deferred(),
        data.transactions(),
        data.clock(),
        task -> Thread.ofVirtual().name("relay-kept").start(task));
  }

  @Override
  public Offers offers() {
    return Offers.of(InterfaceRoutes.class, new InterfaceRoutes(RELAY, gateway))
        .and(ReadinessCheck.class, gateway.readiness())
        .and(RecurringJob.class, forgetting)
        .and(RecurringJob.class, gateway.jobs());
  }

  /** Who keeps the requests that are over; while modules are opened. */
  public void logTo(RequestLog.OfLoops logs) {
    gateway.logTo(logs);
  }

  /** Waits for the requests that run; what has not ended then is charged for what was passed on. */
  @Override
  public void close() {
    try {
      if (!gateway.awaitIdle(LAST_REQUESTS)) {
        LOG.atWarn().addKeyValue("running", gateway.running()).log("requests were cut off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sharing.close();
    loading.shutdown();
  }
}
