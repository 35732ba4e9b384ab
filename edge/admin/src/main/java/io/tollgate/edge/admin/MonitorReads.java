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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  MonitorRows.StatusShown status() {
    return transactions.snapshot(this::status);
  }

  private MonitorRows.StatusShown status(Transaction transaction) {
    Terms terms = monitor.terms(transaction);
    State state = monitor.state(transaction);
    List<Scan> scans = monitor.scans(transaction);
    Watched watched = monitor.watched(transaction);
    Instant now = clock.instant();
    boolean down = !state.present();
    return new MonitorRows.StatusShown(
        !down,
        !down && terms.running(),
        down ? "SIGNAL_MONITOR_DOWN" : null,
        down ? "no process looks at bars (expected: one with the role signal-monitor)" : null,
        terms.mode().code(),
        new MonitorRows.StateShown(
            !down && terms.running(),
            state.lastCheck().orElse(null),
            state.lastSignal().orElse(null),
            state.signals(),
            state.checks(),
            state.errors()),
        config(terms, strategies(transaction)),
        new MonitorRows.WatchShown(
            null, watched.positions(), watched.triggers(), watched.closed(), watched.failed()),
        scans.stream().flatMap(scan -> MonitorRows.CooldownShown.of(scan, now).stream()).toList(),
        List.of(),
        List.of(),
        scans.stream().map(Scan::code).distinct().toList(),
        byCode(scans),
        scans.stream().map(MonitorRows.ScanShown::of).toList(),
        monitor.made(transaction, SIGNALS_SHOWN).stream()
            .map(MonitorRows.SignalShown::of)
            .toList());
  }

  /** Of stops and targets that are about to be looked at. */
  MonitorRows.LevelsShown levels(Transaction transaction) {
    Watched watched = monitor.watched(transaction);
    return new MonitorRows.LevelsShown(
        watched.positions(), watched.positions(), watched.triggers(), clock.instant());
  }

  MonitorRows.ConfigShown config() {
    return transactions.snapshot(
        transaction -> config(monitor.terms(transaction), strategies(transaction)));
  }

  List<MonitorRows.StrategyShown> strategies() {
    return transactions.read(this::strategies);
  }

  private List<MonitorRows.StrategyShown> strategies(Transaction transaction) {
    return strategies
        .list(
            transaction,
            new StrategyFilter(Optional.empty(), Optional.of(true)),
            new ListRequest(1, STRATEGIES_MOST, Optional.empty(), false))
        .rows()
        .stream()
        .map(MonitorRows.StrategyShown::of)
        .toList();
  }

  private MonitorRows.ConfigShown config(Terms terms, List<MonitorRows.StrategyShown> on) {
    return new MonitorRows.ConfigShown(
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

  private static List<MonitorRows.CodeShown> byCode(List<Scan> scans) {
    Map<String, List<Scan>> byCode = new LinkedHashMap<>();
    scans.forEach(scan -> byCode.computeIfAbsent(scan.code(), _ -> new ArrayList<>()).add(scan));
    return byCode.entrySet().stream()
        .map(entry -> MonitorRows.CodeShown.of(entry.getKey(), entry.getValue()))
        .toList();
  }
}
