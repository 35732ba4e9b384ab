package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.trading.engine.SignalMonitor;
import io.tollgate.trading.engine.SignalMonitor.Scan;
import io.tollgate.trading.engine.SignalMonitor.State;
import io.tollgate.trading.engine.SignalMonitor.Terms;
import io.tollgate.trading.engine.SignalMonitor.Watched;
import io.tollgate.trading.engine.Strategies;
import io.tollgate.trading.engine.Strategies.StrategyFilter;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is told of the signal monitor: read from the database, whichever process looks. */
final class MonitorReads {
  private static final int STRATEGIES_MOST = 500;
  private static final int SIGNALS_SHOWN = 20;
  private static final long USUAL_SYNC_SECONDS = 300;
  private static final BigDecimal USUAL_AMOUNT = BigDecimal.valueOf(100);

  private final Transactions transactions;
  private final SignalMonitor monitor;
  private final Strategies strategies;
  private final Duration levelsEvery;
  private final InstantSource clock;

  /**
   * @param levelsEvery between two looks at stops and targets
   */
  MonitorReads(
      Transactions transactions,
      SignalMonitor monitor,
      Strategies strategies,
      Duration levelsEvery,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.monitor = requireNonNull(monitor, "monitor is null");
    this.strategies = requireNonNull(strategies, "strategies is null");
    this.levelsEvery = requireNonNull(levelsEvery, "levelsEvery is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  StatusShown status() {
    return transactions.snapshot(this::status);
  }

  private StatusShown status(Transaction transaction) {
    Terms terms = monitor.terms(transaction);
    State state = monitor.state(transaction);
    List<Scan> scans = monitor.scans(transaction);
    Watched watched = monitor.watched(transaction);
    Instant now = clock.instant();
    boolean down = !state.present();
    return new StatusShown(
        !down,
        !down && terms.running(),
        down ? "SIGNAL_MONITOR_DOWN" : null,
        down ? "no process looks at bars (expected: one with the role signal-monitor)" : null,
        terms.mode().code(),
        new StateShown(
            !down && terms.running(),
            state.lastCheck().orElse(null),
            state.lastSignal().orElse(null),
            state.signals(),
            state.checks(),
            state.errors()),
        config(terms, strategies(transaction)),
        new WatchShown(
            null, watched.positions(), watched.triggers(), watched.closed(), watched.failed()),
        scans.stream().flatMap(scan -> CooldownShown.of(scan, now).stream()).toList(),
        List.of(),
        List.of(),
        scans.stream().map(Scan::code).distinct().toList(),
        byCode(scans),
        scans.stream().map(ScanShown::of).toList(),
        monitor.made(transaction, SIGNALS_SHOWN).stream().map(SignalShown::of).toList());
  }

  /** Of stops and targets that are about to be looked at. */
  LevelsShown levels(Transaction transaction) {
    Watched watched = monitor.watched(transaction);
    return new LevelsShown(
        watched.positions(), watched.positions(), watched.triggers(), clock.instant());
  }

  ConfigShown config() {
    return transactions.snapshot(
        transaction -> config(monitor.terms(transaction), strategies(transaction)));
  }

  List<StrategyShown> strategies() {
    return transactions.read(this::strategies);
  }

  private List<StrategyShown> strategies(Transaction transaction) {
    return strategies
        .list(
            transaction,
            new StrategyFilter(Optional.empty(), Optional.of(true)),
            new ListRequest(1, STRATEGIES_MOST, Optional.empty(), false))
        .rows()
        .stream()
        .map(StrategyShown::of)
        .toList();
  }

  private ConfigShown config(Terms terms, List<StrategyShown> on) {
    return new ConfigShown(
        terms.interval().toSeconds(),
        terms.sync().map(Duration::toSeconds).orElse(USUAL_SYNC_SECONDS),
        terms.notifyOnSignal(),
        on.size(),
        terms.notifyOnSignal(),
        true,
        USUAL_AMOUNT,
        false,
        true,
        levelsEvery.toSeconds(),
        Strategy.Rules.USUAL.minConfidence(),
        on);
  }

  private static List<CodeShown> byCode(List<Scan> scans) {
    Map<String, List<Scan>> byCode = new LinkedHashMap<>();
    scans.forEach(scan -> byCode.computeIfAbsent(scan.code(), _ -> new ArrayList<>()).add(scan));
    return byCode.entrySet().stream()
        .map(entry -> CodeShown.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The answer of {@code status}, without envelope. */
  record StatusShown(
      boolean success,
      boolean running,
      @Nullable String error,
      @Nullable String message,
      String mode,
      StateShown state,
      ConfigShown config,
      WatchShown positionMonitorStats,
      List<CooldownShown> cooldowns,
      List<Object> pendingLimitOrders,
      List<Object> awaitingConfirmation,
      List<String> cachedStrategies,
      List<CodeShown> strategies,
      List<ScanShown> scans,
      List<SignalShown> signals) {}

  /** One of the signals that were made last. */
  record SignalShown(
      String signalId,
      String strategyCode,
      String symbol,
      String side,
      String signalType,
      @Nullable BigDecimal entryPrice,
      @Nullable BigDecimal stopLoss,
      @Nullable BigDecimal takeProfit,
      @Nullable BigDecimal confidence,
      String reason,
      String timeframe,
      Instant barClosedAt,
      Instant expiresAt,
      String status,
      boolean held,
      Instant createdAt) {
    static SignalShown of(SignalMonitor.Made made) {
      return new SignalShown(
          made.id(),
          made.code(),
          made.symbol(),
          made.side().name(),
          made.intent().name(),
          made.entry().orElse(null),
          made.levels().stop().orElse(null),
          made.levels().target().orElse(null),
          made.confidence().orElse(null),
          made.reason(),
          made.timeframe().code(),
          made.barClosed(),
          made.expires(),
          made.status().code(),
          made.held(),
          made.createdAt());
    }
  }

  /** How far it has come. */
  record StateShown(
      boolean running,
      @Nullable Instant lastCheck,
      @Nullable Instant lastSignal,
      long totalSignals,
      long totalChecks,
      long errors) {}

  /** What is set. */
  record ConfigShown(
      long intervalSeconds,
      long syncIntervalSeconds,
      boolean notifyOnSignal,
      int strategiesCount,
      boolean notifyEnabled,
      boolean dispatchByStrategy,
      BigDecimal strategyDispatchAmount,
      boolean exchangeSlTp,
      boolean positionMonitor,
      long positionMonitorInterval,
      int minConfidence,
      List<StrategyShown> strategies) {}

  /**
   * A look at stops and targets that was asked for.
   *
   * @param scanned positions that are looked at
   */
  record LevelsShown(
      long scanned, long positionsMonitored, long triggersTotal, Instant lastScanAt) {}

  /** Whoever watches stops and targets. */
  record WatchShown(
      @Nullable Instant lastScanAt,
      long positionsMonitored,
      long triggersTotal,
      long closesSuccess,
      long closesFailed) {}

  /** A strategy that enters nothing on a pair for a while. */
  record CooldownShown(
      String strategy, String symbol, Instant cooldownUntil, BigDecimal remainingMinutes) {
    private static final BigDecimal MINUTE_MS = BigDecimal.valueOf(60_000);

    static Optional<CooldownShown> of(Scan scan, Instant now) {
      return scan.coolingUntil()
          .filter(until -> until.isAfter(now))
          .map(
              until ->
                  new CooldownShown(
                      scan.code(),
                      scan.symbol(),
                      until,
                      BigDecimal.valueOf(Duration.between(now, until).toMillis())
                          .divide(MINUTE_MS, 1, RoundingMode.UP)));
    }
  }

  /** A strategy, over all its pairs. */
  record CodeShown(
      String code,
      @Nullable Instant lastScanAt,
      @Nullable Instant lastSignalAt,
      long errors,
      @Nullable String lastError) {
    static CodeShown of(String code, List<Scan> scans) {
      return new CodeShown(
          code,
          scans.stream()
              .flatMap(scan -> scan.lastScan().stream())
              .max(Instant::compareTo)
              .orElse(null),
          scans.stream()
              .flatMap(scan -> scan.lastSignal().stream())
              .max(Instant::compareTo)
              .orElse(null),
          scans.stream().mapToLong(Scan::errors).sum(),
          scans.stream().flatMap(scan -> scan.lastError().stream()).findFirst().orElse(null));
    }
  }

  /** A strategy on a pair. */
  record ScanShown(
      long strategyId,
      String code,
      String symbol,
      @Nullable Instant firstBarAt,
      @Nullable Instant lastBarAt,
      long bars,
      long gaps,
      long revisions,
      long late,
      @Nullable Instant cooldownUntil,
      @Nullable Instant lastScanAt,
      @Nullable Instant lastSignalAt,
      @Nullable String lastOutcome,
      long errors,
      @Nullable String lastError,
      @Nullable Instant lastErrorAt) {
    static ScanShown of(Scan scan) {
      return new ScanShown(
          scan.strategy(),
          scan.code(),
          scan.symbol(),
          scan.firstBar().orElse(null),
          scan.lastBar().orElse(null),
          scan.bars(),
          scan.gaps(),
          scan.revisions(),
          scan.late(),
          scan.coolingUntil().orElse(null),
          scan.lastScan().orElse(null),
          scan.lastSignal().orElse(null),
          scan.lastOutcome().orElse(null),
          scan.errors(),
          scan.lastError().orElse(null),
          scan.lastErrorAt().orElse(null));
    }
  }

  /** A strategy that is looked at. */
  record StrategyShown(
      String code,
      String name,
      List<String> symbols,
      String timeframe,
      @Nullable String exchange,
      String marketType,
      BigDecimal amountUsdt,
      int leverage,
      int minConfidence,
      int cooldownMinutes,
      JsonNode config) {
    static StrategyShown of(Strategy strategy) {
      Strategy.Rules rules = strategy.sheet().rules();
      return new StrategyShown(
          strategy.terms().code(),
          strategy.terms().name(),
          strategy.symbols(),
          strategy.terms().timeframe(),
          strategy.terms().exchange().map(Exchange::code).orElse(null),
          rules.market().code(),
          strategy.amountUsdt(),
          strategy.terms().leverage(),
          rules.minConfidence(),
          rules.cooldownMinutes(),
          Json.MAPPER.readTree(rules.config()));
    }
  }
}
