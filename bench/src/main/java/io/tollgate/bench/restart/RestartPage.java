package io.tollgate.bench.restart;

import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.load.FigureSpread;
import io.tollgate.bench.report.BarPlot;
import io.tollgate.bench.report.FigureText;
import io.tollgate.bench.report.MachineUse;
import io.tollgate.bench.report.ReportGoal;
import io.tollgate.bench.restart.RestartBench.Recovered;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The page and the plot of P8. */
record RestartPage(BenchOptions options, List<Recovered> seen, MachineUse machine) {
  String markdown() {
    StringBuilder text =
        new StringBuilder("# P8: start after kill -9 with a log that is not settled\n\n");
    text.append(machine.text())
        .append("\n\n`./tollgate bench p8 --rounds ")
        .append(options.rounds())
        .append(" --records ")
        .append(options.records())
        .append("`\n\n")
        .append(ReportGoal.table(List.of(goal(), audit())))
        .append("\n| | |\n|---|---:|\n");
    row(text, "records that were in the log only", recovered -> 2.0 * recovered.booked());
    row(text, "requests answered before the kill", Recovered::answered);
    row(text, "start without anything to recover, s to the first answer", cleanSeconds());
    row(text, "start after the kill, s to the first answer", servedSeconds());
    row(text, "s until all of the log is in the books", settledSeconds());
    row(text, "charges booked per second meanwhile", RestartPage::perSecond);
    row(text, "memory of the process when it was killed, MiB", Recovered::memoryMib);
    row(text, "entries in the ledger at the last audit", Recovered::entries);
    row(text, "s of `tollgate audit` over all of it, while it serves", auditSeconds());
    return text.append("\nMedian of ")
        .append(seen.size())
        .append(
            " kills, in brackets the least and the most. "
                + FigureText.whole(options.users())
                + " users asked over 32 connections while settlement was held back by a lock in the"
                + " database; then the gateway was killed,"
                + " which ends its PostgreSQL as well, and started again at once. Times count from"
                + " the start command and hold the start of the JVM and of PostgreSQL. Every answered"
                + " request is in the books: ")
        .append(yes(seen.stream().allMatch(one -> one.booked() >= one.answered())))
        .append("; audit: ")
        .append(seen.stream().allMatch(Recovered::clean) ? "clean" : "**not clean**")
        .append(".\n\n![seconds after the start](p8.svg)\n")
        .toString();
  }

  String plot() {
    BarPlot bars = new BarPlot("P8: seconds after the start command", "less is better");
    bars.add("first answer, nothing to recover", median(cleanSeconds()), 0);
    bars.add("first answer after the kill", median(servedSeconds()), 0);
    bars.add("all of the log in the books", median(settledSeconds()), 0);
    return bars.svg();
  }

  private ReportGoal goal() {
    return ReportGoal.below(
        "P8",
        "serving again with " + FigureText.whole(median(one -> 2.0 * one.booked())) + " records",
        10,
        median(servedSeconds()),
        " s");
  }

  /** By the entry, since each kill has more of them than the one before. */
  private ReportGoal audit() {
    return ReportGoal.below(
        "Audit",
        "of 1,000,000 entries, from the last kill's " + FigureText.whole(seen.getLast().entries()),
        20,
        seen.getLast().auditNanos() / 1e9 * 1_000_000 / seen.getLast().entries(),
        " s");
  }

  private static ToDoubleFunction<Recovered> auditSeconds() {
    return one -> one.auditNanos() / 1e9;
  }

  private void row(StringBuilder text, String name, ToDoubleFunction<Recovered> figure) {
    text.append("| ").append(name).append(" | ").append(FigureText.spread(spread(figure)));
    text.append(" |\n");
  }

  private FigureSpread spread(ToDoubleFunction<Recovered> figure) {
    return FigureSpread.of(seen.stream().map(figure::applyAsDouble).toList());
  }

  private double median(ToDoubleFunction<Recovered> figure) {
    return spread(figure).median();
  }

  private static String yes(boolean it) {
    return it ? "yes" : "**no**";
  }

  private static ToDoubleFunction<Recovered> cleanSeconds() {
    return one -> one.cleanNanos() / 1e9;
  }

  private static ToDoubleFunction<Recovered> servedSeconds() {
    return one -> one.servedNanos() / 1e9;
  }

  private static ToDoubleFunction<Recovered> settledSeconds() {
    return one -> one.settledNanos() / 1e9;
  }

  private static double perSecond(Recovered one) {
    return one.booked() * 1e9 / Math.max(1, one.settledNanos() - one.servedNanos());
  }
}
