package io.tollgate.bench.settlement;

import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.load.FigureSpread;
import io.tollgate.bench.load.MeasuredStretch;
import io.tollgate.bench.program.ChildProcess;
import io.tollgate.bench.program.MeasuredProgram;
import io.tollgate.bench.program.OldFolders;
import io.tollgate.bench.program.ProcessCost;
import io.tollgate.bench.report.BarPlot;
import io.tollgate.bench.report.FigureText;
import io.tollgate.bench.report.MachineUse;
import io.tollgate.bench.report.ReportGoal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** P5: how many charges get into the books per second, and what that costs. */
public record SettlementBench(BenchOptions options, Path folder) {
  private static final String OVER = "over";

  public void run() throws IOException, InterruptedException {
    MeasuredProgram program = new MeasuredProgram(folder, options.program(), 0, 0, 0);
    Map<String, List<Settled>> seen = new LinkedHashMap<>();
    long[] before = ProcessCost.machine();
    try (ChildProcess child =
        ChildProcess.talking(
            "settling",
            folder,
            MeasuredStretch.command(
                SettlementProcess.class,
                program.data().toString(),
                Integer.toString(options.rounds()),
                Integer.toString(options.charges()),
                Integer.toString(options.seconds())))) {
      for (String name = child.line("begin"); !name.equals(OVER); name = child.line("begin")) {
        ProcessCost from = ProcessCost.of(child.pid());
        String[] end = child.line("end").split(" ");
        Settled settled =
            Settled.of(
                Long.parseLong(end[0]), Long.parseLong(end[1]), from, ProcessCost.of(child.pid()));
        System.out.println("P5 " + name + " " + settled);
        seen.computeIfAbsent(name, unused -> new ArrayList<>()).add(settled);
      }
      if (child.join() != 0) {
        throw new IOException("settling did not end well (its log tells why)");
      }
    }
    MachineUse machine = MachineUse.since(before);
    boolean clean = program.audit();
    String page = page(seen, machine, clean);
    System.out.println(page);
    Files.writeString(options.report().resolve("p5.md"), page);
    Files.writeString(options.report().resolve("p5.svg"), plot(seen));
    OldFolders.delete(program.data());
  }

  private String page(Map<String, List<Settled>> seen, MachineUse machine, boolean clean) {
    StringBuilder text = new StringBuilder("# P5: settled charges per second\n\n");
    text.append(machine.text())
        .append("\n\n`./tollgate bench p5 --rounds ")
        .append(options.rounds())
        .append(" --charges ")
        .append(options.charges())
        .append(" --seconds ")
        .append(options.seconds())
        .append("`\n\n")
        .append(ReportGoal.table(goals(seen)))
        .append("\n| | charges/s | CPU µs/charge, process | PostgreSQL |\n|---|---:|---:|---:|\n");
    seen.forEach(
        (name, taken) ->
            text.append("| ")
                .append(name)
                .append(" | ")
                .append(spread(taken, Settled::perSecond))
                .append(" | ")
                .append(spread(taken, Settled::ownMicros))
                .append(" | ")
                .append(spread(taken, Settled::postgresMicros))
                .append(" |\n"));
    return text.append(
            """

            Median of %d rounds of %,d charges (one by one: %d s), all in turn on one embedded PostgreSQL that syncs \
            every commit; in brackets the least and the most. Audit of the books afterwards: %s.

            - **settled while requests come**: from the first request until every charge is in the books with its \
            usage record, statistics and event; requests are let through and settled in memory and written to the \
            meter log on the same processors meanwhile, by one event loop.
            - **settled from a full log**: the same, but settlement was held back until all of it was in the log. \
            Time counts from when it was let go.
            - **bare unnest inserts**: the same debits and usage records, known already, inserted by arrays of 4,000 \
            into tables with the same indexes. Nothing is locked, checked, summed up or told.
            - **one transaction per charge**: a stored function that locks, checks and posts two entries, called over \
            %d connections. It writes no usage record, no statistics, no event.

            ![charges per second](p5.svg)
            """
                .formatted(
                    options.rounds(),
                    options.charges(),
                    options.seconds(),
                    clean ? "clean" : "**not clean**",
                    ChargesOneByOne.CALLERS))
        .toString();
  }

  /** Beside what is compared, the full log is the like of it: there too the charges are known. */
  private static List<ReportGoal> goals(Map<String, List<Settled>> seen) {
    List<ReportGoal> goals = new ArrayList<>();
    for (String accounts : List.of(SettlementProcess.ONE, SettlementProcess.MANY)) {
      for (String how : List.of(SettlementProcess.SETTLED, SettlementProcess.BACKLOG)) {
        double rate = rate(seen, how + accounts);
        double single = rate(seen, SettlementProcess.SINGLE + accounts);
        String what = how + accounts;
        goals.add(ReportGoal.atLeast("P5", what, 40_000, rate, " /s"));
        goals.add(
            ReportGoal.atLeast(
                "P5",
                what + ": by bare inserts",
                0.5,
                rate / rate(seen, SettlementProcess.BARE),
                " ×"));
        goals.add(
            ReportGoal.atLeast(
                "P5", what + ": by one transaction per charge", 10, rate / single, " ×"));
      }
    }
    return goals;
  }

  private static String plot(Map<String, List<Settled>> seen) {
    BarPlot bars = new BarPlot("P5: charges per second", "more is better");
    seen.keySet().forEach(name -> bars.add(name, rate(seen, name), 0));
    return bars.svg();
  }

  private static double rate(Map<String, List<Settled>> seen, String name) {
    return FigureSpread.of(
            seen.getOrDefault(name, List.of()).stream().map(Settled::perSecond).toList())
        .median();
  }

  private static String spread(List<Settled> taken, ToDoubleFunction<Settled> figure) {
    return FigureText.spread(FigureSpread.of(taken.stream().map(figure::applyAsDouble).toList()));
  }

  /** One stretch. */
  private record Settled(double perSecond, double ownMicros, double postgresMicros) {
    static Settled of(long charges, long nanos, ProcessCost before, ProcessCost after) {
      double each = ProcessCost.TICK_MICROS / (double) charges;
      return new Settled(
          charges * 1e9 / nanos,
          (after.ownTicks() - before.ownTicks()) * each,
          (after.startedTicks() - before.startedTicks()) * each);
    }
  }
}
