package io.tollgate.bench.backtest;

import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.program.OldFolders;
import io.tollgate.bench.program.ProcessCost;
import io.tollgate.bench.report.MachineUse;
import io.tollgate.bench.report.ReportGoal;
import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.engine.backtest.Backtest;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.backtest.OnOpposite;
import io.tollgate.trading.engine.backtest.RunControl;
import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.engine.candles.CandleSeries;
import io.tollgate.trading.engine.search.Constraints;
import io.tollgate.trading.engine.search.ParameterGrid;
import io.tollgate.trading.engine.search.Score;
import io.tollgate.trading.engine.search.Search;
import io.tollgate.trading.engine.search.SearchTask;
import io.tollgate.trading.strategies.SignalStrategy;
import io.tollgate.trading.strategies.StrategyCatalogue;
import io.tollgate.trading.strategies.StrategyKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** P10: the moving-average cross over bars of a minute, and a search of a hundred parameters. */
public record BacktestBench(BenchOptions options, Path folder) {
  private static final long SEED = 10;
  private static final StrategyKind CROSS = StrategyCatalogue.require("strategy", "ma_cross");
  private static final double GOAL_MILLIONS = 20;
  private static final double AHEAD = 10;

  /** How long a search took on so many threads. */
  private record Searched(int threads, double seconds) {}

  /** What was alive in memory after so many bars. */
  private record Alive(long bars, long bytes) {}

  public void run() throws IOException, InterruptedException {
    long[] before = ProcessCost.machine();
    int bars = options.bars();
    List<Alive> alive = List.of(alive(bars), alive(10L * bars));
    CandleSeries candles = CandleSeries.read(new MadeBars(bars, SEED), bars);
    List<BarRate> ours = new ArrayList<>();
    ours.add(
        BarRate.of("Tollgate, whole backtest", bars, options.rounds() * 5, () -> whole(candles)));
    ours.add(
        BarRate.of("Tollgate, strategy alone", bars, options.rounds() * 5, () -> alone(candles)));
    ours.forEach(each -> System.out.print("P10 " + each.row()));
    List<BarRate> peers = new ArrayList<>();
    Ta4jPeer ta4j = new Ta4jPeer(candles);
    peers.add(BarRate.of("ta4j, stops, fees and drawdown", bars, options.rounds(), ta4j::whole));
    peers.add(BarRate.of("ta4j, crosses alone", bars, options.rounds(), ta4j::crosses));
    PythonPeers.Seen python =
        new PythonPeers(folder, options.report().resolveSibling("peers")).run(candles);
    peers.addAll(python.rates());
    peers.forEach(each -> System.out.print("P10 " + each.row()));
    List<Searched> searches = List.of(searched(candles, 1), searched(candles, 2));
    String page = page(ours, peers, python.absent(), searches, alive, MachineUse.since(before));
    System.out.println(page);
    Files.writeString(options.report().resolve("p10.md"), page);
    OldFolders.delete(folder);
  }

  private static BacktestTerms terms() {
    return new BacktestTerms(
        new BigDecimal("10000"),
        new BigDecimal("0.001"),
        50,
        BigDecimal.ZERO,
        new BigDecimal("1000"),
        1,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        List.of(),
        BigDecimal.ONE,
        true,
        0,
        0,
        0,
        0,
        0,
        new BigDecimal("0.000001"),
        OnOpposite.IGNORE);
  }

  private static SignalStrategy strategy() {
    return CROSS.start("BTC/USDT", Timeframe.ONE_MINUTE, CROSS.settings(Map.of()));
  }

  private static long whole(CandleSeries candles) {
    return Backtest.result(strategy(), Timeframe.ONE_MINUTE, candles.feed(), terms())
        .all()
        .trades();
  }

  private static long alone(CandleSeries candles) {
    SignalStrategy strategy = strategy();
    BarFeed bars = candles.feed();
    long outputs = 0;
    while (bars.next()) {
      if (strategy
          .onBar(bars.openTime(), bars.open(), bars.high(), bars.low(), bars.close(), bars.volume())
          .isPresent()) {
        outputs++;
      }
    }
    return outputs;
  }

  /**
   * Runs over bars that are made as they are read, and looks at what is held right before the end.
   */
  private static Alive alive(long bars) {
    long[] bytes = {0};
    BarFeed watched =
        new EndWatch(
            new MadeBars(bars, SEED),
            () -> {
              System.gc();
              Runtime runtime = Runtime.getRuntime();
              bytes[0] = runtime.totalMemory() - runtime.freeMemory();
            });
    long trades =
        Backtest.result(strategy(), Timeframe.ONE_MINUTE, watched, terms()).all().trades();
    if (trades == 0) {
      throw new IllegalStateException("nothing was traded");
    }
    return new Alive(bars, bytes[0]);
  }

  private Searched searched(CandleSeries candles, int threads) {
    Map<String, List<Object>> values = new LinkedHashMap<>();
    values.put("fast_ma", List.copyOf(IntStream.rangeClosed(3, 12).boxed().toList()));
    values.put("slow_ma", List.copyOf(IntStream.rangeClosed(20, 29).boxed().toList()));
    SearchTask task =
        new SearchTask(
            CROSS,
            "BTC/USDT",
            Timeframe.ONE_MINUTE,
            candles,
            Map.of(),
            terms(),
            Score.PNL,
            Constraints.NONE);
    try (Search search = new Search(threads)) {
      long began = System.nanoTime();
      int found =
          search
              .ranked(task, new ParameterGrid(values), 0, candles.size(), new RunControl())
              .found()
              .size();
      if (found != 100) {
        throw new IllegalStateException("found: " + found + " (expected: 100)");
      }
      return new Searched(threads, (System.nanoTime() - began) / 1e9);
    }
  }

  private String page(
      List<BarRate> ours,
      List<BarRate> peers,
      List<String> absent,
      List<Searched> searches,
      List<Alive> alive,
      MachineUse machine) {
    double whole = ours.getFirst().millions();
    List<ReportGoal> goals = new ArrayList<>();
    goals.add(ReportGoal.atLeast("P10", "bars a second of a core", GOAL_MILLIONS, whole, " M"));
    peers.stream()
        .filter(peer -> !peer.who().startsWith("NumPy"))
        .forEach(
            peer ->
                goals.add(
                    ReportGoal.atLeast(
                        "P10", "ahead of " + peer.who(), AHEAD, whole / peer.millions(), " ×")));
    StringBuilder text = new StringBuilder("# P10: backtests\n\n");
    text.append(machine.text())
        .append("\n\n`./tollgate bench p10 --bars ")
        .append(options.bars())
        .append("`\n\n")
        .append(ReportGoal.table(goals))
        .append('\n')
        .append(BarRate.head());
    ours.forEach(each -> text.append(each.row()));
    peers.forEach(each -> text.append(each.row()));
    text.append(
        """

        Moving-average cross, 5 and 20 bars of a minute, a random walk. Per second of processor time, so that others on the machine \
        do not count. Ours is the whole: strategy with stop and target, fills, fees, money to the last digit, equity at each close, \
        drawdown, figures. Others have less to do: they buy at one cross and sell at the other; ta4j with stops looks at closes only, and enters on one \
        side. ta4j and ours run in this process, those of \
        Python in processes of their own; reading the bars is in none of them.
        """);
    absent.forEach(each -> text.append("\nNot run: ").append(each).append('\n'));
    text.append("\n| 100 parameters, threads | seconds | M bars/s |\n|---:|---:|---:|\n");
    for (Searched each : searches) {
      text.append(
          "| %d | %.1f | %.1f |%n"
              .formatted(
                  each.threads(), each.seconds(), 100.0 * options.bars() / each.seconds() / 1e6));
    }
    text.append("\n| bars of a stream | MiB alive right before its end |\n|---:|---:|\n");
    for (Alive each : alive) {
      text.append("| %,d | %.1f |%n".formatted(each.bars(), each.bytes() / 1048576.0));
    }
    return text.toString();
  }
}
