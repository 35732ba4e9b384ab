package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.DataModule;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.ProfitShare.BindingMinimums;
import io.tollgate.rewards.RewardsModule;
import io.tollgate.trading.engine.internal.StoredBindings;
import io.tollgate.trading.engine.internal.StoredExchangeAccounts;
import io.tollgate.trading.engine.internal.StoredFigures;
import io.tollgate.trading.engine.internal.StoredNodes;
import io.tollgate.trading.engine.internal.StoredStrategies;
import io.tollgate.trading.engine.internal.monitor.StoredMonitor;
import io.tollgate.trading.engine.internal.orders.ManualDesk;
import io.tollgate.trading.engine.internal.orders.MarketRules;
import io.tollgate.trading.engine.internal.orders.OrderAwait;
import io.tollgate.trading.engine.internal.orders.StoredBooks;
import io.tollgate.trading.engine.internal.orders.StoredRecords;
import io.tollgate.trading.engine.internal.orders.StoredRiskSettings;
import io.tollgate.trading.engine.internal.orders.StoredSignalHistory;
import io.tollgate.trading.engine.internal.orders.TradingDesk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The register of trading, put together over a database. Holds nothing between calls. */
public final class EngineModule implements ProgramModule {
  private static final Setting<Integer> SIGNAL_AGE =
      Setting.number(
          "trading.signal.max.age.seconds",
          120,
          1,
          86_400,
          "Seconds after its bar's close in which a signal is traded");
  private static final Setting<Integer> LEVELS =
      Setting.number(
          "trading.position.monitor.interval.seconds",
          5,
          1,
          3_600,
          "Seconds between two looks at stops and targets");

  public static final ModuleEntry<EngineModule> ENTRY =
      ModuleEntry.of(EngineModule.class, EngineModule::open).with(List.of(SIGNAL_AGE, LEVELS));

  /** How long somebody who orders by hand waits for what comes of it. */
  private static final Duration MANUAL_WAIT = Duration.ofSeconds(10);

  private final StoredExchangeAccounts accounts;
  private final StoredStrategies strategies;
  private final StoredBindings bindings;
  private final StoredNodes nodes;
  private final TradingFigures figures;
  private final TradeRecords records = new StoredRecords();
  private final SignalHistory signals = new StoredSignalHistory();
  private final SignalMonitor monitor;
  private final RiskSettings risk;

  /** Puts it together. */
  public EngineModule(IdentityModule identity, PointCards pointCards, InstantSource clock) {
    requireNonNull(pointCards, "pointCards is null");
    requireNonNull(clock, "clock is null");
    this.accounts =
        new StoredExchangeAccounts(
            identity.tenantSecretBox("exchange credentials"),
            identity.secretKey("HmacSHA256", "hashes of exchange keys"),
            identity.quotaPlans(),
            identity.users(),
            clock);
    this.nodes = new StoredNodes(clock);
    this.figures = new StoredFigures(clock);
    this.monitor = new StoredMonitor(clock);
    this.risk = new StoredRiskSettings(clock);
    this.strategies = new StoredStrategies(identity.quotaPlans(), clock);
    this.bindings =
        new StoredBindings(
            strategies, accounts, pointCards, identity.quotaPlans(), identity.users(), clock);
  }

  private static EngineModule open(ModuleSite site) {
    return new EngineModule(
        site.module(IdentityModule.class),
        site.module(RewardsModule.class).cards(),
        site.module(DataModule.class).clock());
  }

  /** How long after its bar's close a signal is traded, as set. */
  public static Duration signalAge(ModuleSite site) {
    return Duration.ofSeconds(site.settings().get(SIGNAL_AGE));
  }

  /** How often stops and targets are looked at, as set. */
  public static Duration levelsEvery(ModuleSite site) {
    return Duration.ofSeconds(site.settings().get(LEVELS));
  }

  /** What users' running bindings want on the card, for whoever charges profits. */
  public static BindingMinimums minimums() {
    return StoredBindings::highest;
  }

  /** Orders by hand, in a process that knows prices. */
  public static ManualTrading manual(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    return new ManualDesk(
        data.transactions(),
        new StoredBooks(data.transactions(), site.random(), data.clock()),
        TradingDesk.rulebook(),
        site.module(RewardsModule.class).cards(),
        new MarketRules(site.module(MarketsModule.class)::market),
        new OrderAwait(data.transactions(), MANUAL_WAIT, System::nanoTime));
  }

  /** Users' accounts at exchanges. */
  public ExchangeAccounts accounts() {
    return accounts;
  }

  /** Strategies, and to whom they are open. */
  public Strategies strategies() {
    return strategies;
  }

  /** Who trades for accounts that are not traded on from the centre. */
  public ExecutionNodes nodes() {
    return nodes;
  }

  /** What happened to signals. */
  public SignalHistory signals() {
    return signals;
  }

  /** How much is traded, and by how many. */
  public TradingFigures figures() {
    return figures;
  }

  /** What was ordered, traded and held. */
  public TradeRecords records() {
    return records;
  }

  /** Rules of risk, as they are set. */
  public RiskSettings risk() {
    return risk;
  }

  /** Who looks at bars for signals, in whichever process. */
  public SignalMonitor monitor() {
    return monitor;
  }

  /** Which accounts follow which strategies. */
  public Bindings bindings() {
    return bindings;
  }
}
