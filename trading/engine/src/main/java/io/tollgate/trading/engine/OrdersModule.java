package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.DataModule;
import io.tollgate.data.Notifications;
import io.tollgate.data.RecurringJob;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.rewards.RewardsModule;
import io.tollgate.trading.engine.guard.SignalGuards;
import io.tollgate.trading.engine.internal.monitor.StoredMonitor;
import io.tollgate.trading.engine.internal.orders.TradingChecks;
import io.tollgate.trading.engine.internal.orders.TradingDesk;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.WayOut;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes signals into orders and keeps the books of them, in processes of the role trading. Where
 * exchanges are is among the program's settings.
 */
public final class OrdersModule implements ProgramModule {
  private static final Setting<Integer> DRIFT =
      Setting.number(
          "trading.max.price.drift.bp",
          50,
          0,
          10_000,
          "Hundredths of a percent by which the price may be away from a signal's entry");
  private static final Setting<Integer> SYNC =
      Setting.number(
          "trading.sync.interval.seconds",
          300,
          5,
          86_400,
          "Seconds between two comparisons of an account with its exchange");

  private final TradingDesk desk;
  private final Exchanges live;
  private final Exchanges sandbox;
  private final Vertx vertx;

  private OrdersModule(ModuleSite site, Optional<URI> sandboxExchange) {
    DataModule data = site.module(DataModule.class);
    RewardsModule rewards = site.module(RewardsModule.class);
    ExchangeAddresses addresses = ExchangeAddresses.from(site.settings());
    this.vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    this.live = exchanges(addresses);
    this.sandbox =
        exchanges(
            sandboxExchange
                .map(ExchangeAddresses::allAt)
                .orElseGet(() -> ExchangeAddresses.ofTests(site.settings())));
    this.desk =
        new TradingDesk(
            new TradingDesk.Below(
                data.transactions(),
                site.module(EngineModule.class).accounts(),
                rewards.cards(),
                rewards.profits(),
                live,
                sandbox),
            new SignalGuards(
                EngineModule.signalAge(site), BigDecimal.valueOf(site.settings().get(DRIFT), 2)),
            new TradingDesk.Times(
                EngineModule.signalAge(site), EngineModule.levelsEvery(site), seconds(site, SYNC)),
            site.random(),
            data.clock());
    data.notifications().subscribe(StoredMonitor.LEVELS_CHANNEL, new LevelsAsked());
    desk.start();
  }

  /** Somebody wants stops and targets looked at now. */
  private final class LevelsAsked implements Notifications.Listener {
    @Override
    public void notified(String payload) {
      Thread.ofVirtual().name("levels").start(desk::lookAtLevels);
    }

    @Override
    public void missed() {
      // they are looked at every few seconds anyway
    }
  }

  /**
   * The module's entry.
   *
   * @param sandbox where accounts of the sandbox are traded; empty: at the exchanges' own test
   *     sites
   */
  public static ModuleEntry<OrdersModule> entry(Function<ModuleSite, Optional<URI>> sandbox) {
    requireNonNull(sandbox, "sandbox is null");
    return ModuleEntry.of(OrdersModule.class, site -> new OrdersModule(site, sandbox.apply(site)))
        .inRole("trading")
        .with(List.of(DRIFT, SYNC))
        .stating(AuditCheck.class, auditChecks());
  }

  /** What always holds of orders, trades and positions. */
  public static List<AuditCheck> auditChecks() {
    return TradingChecks.all();
  }

  private Exchanges exchanges(ExchangeAddresses addresses) {
    return new Exchanges(
        vertx, addresses, ExchangeTimes.USUAL, WayOut.DIRECT, InstantSource.system());
  }

  private static Duration seconds(ModuleSite site, Setting<Integer> setting) {
    return Duration.ofSeconds(site.settings().get(setting));
  }

  /** Where signals go. */
  public Signals signals() {
    return desk.signals();
  }

  @Override
  public Offers offers() {
    return Offers.NONE.and(RecurringJob.class, desk.jobs());
  }

  @Override
  public void close() {
    desk.close();
    live.close();
    sandbox.close();
    Void _ = vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
