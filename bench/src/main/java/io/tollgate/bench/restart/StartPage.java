package io.tollgate.bench.restart;

import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.load.FigureSpread;
import io.tollgate.bench.report.FigureText;
import io.tollgate.bench.report.MachineUse;
import io.tollgate.bench.report.ReportGoal;
import io.tollgate.bench.restart.StartBench.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The page of P12. */
record StartPage(
    BenchOptions options, List<Started> starts, List<PageSpeed> pages, MachineUse machine) {
  private static final String PART = "P12";
  private static final double START_SECONDS = 4;
  private static final double MEMORY_MIB = 400;
  private static final double USABLE_MS = 1_500;
  private static final double ROWS_MS = 100;

  String markdown() {
    StringBuilder text = new StringBuilder("# P12: start, memory, and pages that can be used\n\n");
    text.append(machine.text())
        .append("\n\n`./tollgate bench p12 --rounds ")
        .append(options.rounds())
        .append("`\n\n")
        .append(ReportGoal.table(goals()))
        .append("\n| | |\n|---|---:|\n");
    row(text, "start without any data, s to the first charged request", StartPage::emptySeconds);
    row(text, "start with the data of the one before, s", StartPage::knownSeconds);
    row(text, "memory of the process, MiB", Started::ownMib);
    row(text, "memory of its PostgreSQL, MiB", Started::startedMib);
    for (String face : faces()) {
      pageRow(text, face + ": usable after, ms, by a new browser", face, PageSpeed::coldMs);
      pageRow(text, face + ": usable after, ms, by one that knows it", face, PageSpeed::warmMs);
      pageRow(text, face + ": rows after their answer, ms", face, PageSpeed::rowsMs);
    }
    return text.append("\nMedian of ")
        .append(starts.size())
        .append(
            " rounds, in brackets the least and the most. Seconds count from the command"
                + " `./tollgate up` on a built tree, and hold the script, the JVM, PostgreSQL, demo"
                + " data and the sandbox. Memory is that of the second start, seconds after its"
                + " first request, of shared pages a process's part. Pages are opened in Chromium"
                + " on the same processors: usable is a page when its heading and its navigation"
                + " are there.\n")
        .toString();
  }

  private List<ReportGoal> goals() {
    List<ReportGoal> goals =
        new ArrayList<>(
            List.of(
                below("first charged request, with data", START_SECONDS, StartPage::knownSeconds),
                below("the same, without any data", START_SECONDS, StartPage::emptySeconds),
                ReportGoal.below(
                    PART,
                    "memory of everything",
                    MEMORY_MIB,
                    spread(one -> one.ownMib() + one.startedMib()).median(),
                    " MiB")));
    for (String face : faces()) {
      goals.add(
          ReportGoal.below(
              PART,
              face + " usable, new browser",
              USABLE_MS,
              pageSpread(face, PageSpeed::coldMs).median(),
              " ms"));
      goals.add(
          ReportGoal.below(
              PART,
              face + ": rows after their answer",
              ROWS_MS,
              pageSpread(face, PageSpeed::rowsMs).median(),
              " ms"));
    }
    return goals;
  }

  private ReportGoal below(String what, double limit, ToDoubleFunction<Started> figure) {
    return ReportGoal.below(PART, what, limit, spread(figure).median(), " s");
  }

  private List<String> faces() {
    return pages.stream().map(PageSpeed::face).distinct().toList();
  }

  private void row(StringBuilder text, String name, ToDoubleFunction<Started> figure) {
    row(text, name, spread(figure));
  }

  private void pageRow(
      StringBuilder text, String name, String face, ToDoubleFunction<PageSpeed> figure) {
    row(text, name, pageSpread(face, figure));
  }

  private static void row(StringBuilder text, String name, FigureSpread figures) {
    text.append("| ").append(name).append(" | ").append(FigureText.spread(figures)).append(" |\n");
  }

  private FigureSpread spread(ToDoubleFunction<Started> figure) {
    return FigureSpread.of(starts.stream().map(figure::applyAsDouble).toList());
  }

  private FigureSpread pageSpread(String face, ToDoubleFunction<PageSpeed> figure) {
    return FigureSpread.of(
        pages.stream().filter(one -> one.face().equals(face)).map(figure::applyAsDouble).toList());
  }

  private static double emptySeconds(Started one) {
    return one.emptyNanos() / 1e9;
  }

  private static double knownSeconds(Started one) {
    return one.knownNanos() / 1e9;
  }
}
