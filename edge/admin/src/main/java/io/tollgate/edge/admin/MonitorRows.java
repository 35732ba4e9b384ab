package io.tollgate.edge.admin;

import io.tollgate.trading.engine.SignalMonitor;
import io.tollgate.trading.engine.SignalMonitor.Scan;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The signal monitor as interfaces tell of it. */
final class MonitorRows {
  private MonitorRows() {}

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
