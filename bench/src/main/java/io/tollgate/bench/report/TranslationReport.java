package io.tollgate.bench.report;

import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.Workload;
import io.tollgate.bench.load.FigureSpread;
import io.tollgate.bench.load.StretchSample;
import io.tollgate.bench.load.WarmUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What translated requests cost beside passed ones, as Markdown.
 *
 * @param samples of each workload, in the order of the table; those passed on among them
 * @param warmUps of each workload, before
 * @param command how to have this page written again
 */
public record TranslationReport(
    Map<Workload, List<StretchSample>> samples,
    Map<Workload, WarmUp> warmUps,
    MachineUse machine,
    BenchOptions options,
    String command) {
  private static final double MAX = 1.5;
  private static final String HEAD =
      "| | CPU µs/request | × passed on | of it compiler | with PostgreSQL | requests/s | p50 µs"
          + " | p99 µs | warmed up s | errors |\n"
          + "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n";

  public String markdown() {
    StringBuilder text =
        new StringBuilder("# P1t: translated requests, JSON, about 1 KB each way, 32 connections, ")
            .append("many keys\n\n")
            .append(machine.text())
            .append("\n\n`")
            .append(command)
            .append("`\n\n")
            .append(ReportGoal.table(goals()))
            .append("\n")
            .append(HEAD);
    samples.forEach((workload, taken) -> text.append(row(workload, taken)));
    return text.append("\nMedian of ")
        .append(options.rounds())
        .append(" rounds of ")
        .append(options.seconds())
        .append(" s, in turn in one process; ")
        .append(FigureText.whole(options.users()))
        .append(
            " keys; in brackets the least and the most. Everything is on: keys, limits,"
                + " reservation, meter log, request log, settlement. Each was warmed up until its"
                + " CPU per request was flat (`+`: it was not when the time for it was over).\n")
        .toString();
  }

  private List<ReportGoal> goals() {
    return samples.keySet().stream()
        .filter(workload -> workload != Workload.P1)
        .map(
            workload ->
                ReportGoal.atMost(
                    "P1t",
                    workload.title() + ": CPU per request, by that of one passed on",
                    MAX,
                    times(workload)))
        .toList();
  }

  private double times(Workload workload) {
    return middle(workload, StretchSample::cpuMicros)
        / middle(Workload.P1, StretchSample::cpuMicros);
  }

  private double middle(Workload workload, ToDoubleFunction<StretchSample> figure) {
    return spread(samples.getOrDefault(workload, List.of()), figure).median();
  }

  private String row(Workload workload, List<StretchSample> taken) {
    WarmUp warm = warmUps.getOrDefault(workload, new WarmUp(0, true));
    List<String> cells = new ArrayList<>();
    cells.add(
        workload == Workload.P1 ? "passed on: OpenAI's caller and provider" : workload.title());
    cells.add(FigureText.spread(spread(taken, StretchSample::cpuMicros)));
    cells.add(FigureText.times(times(workload)));
    cells.add(FigureText.fine(spread(taken, StretchSample::compilerMicros).median()));
    cells.add(FigureText.spread(spread(taken, StretchSample::allMicros)));
    cells.add(FigureText.spread(spread(taken, StretchSample::perSecond)));
    cells.add(FigureText.spread(spread(taken, StretchSample::p50)));
    cells.add(FigureText.spread(spread(taken, StretchSample::p99)));
    cells.add(warm.seconds() + (warm.flat() ? "" : "+"));
    cells.add(Long.toString(taken.stream().mapToLong(StretchSample::errors).sum()));
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static FigureSpread spread(
      List<StretchSample> taken, ToDoubleFunction<StretchSample> figure) {
    return FigureSpread.of(taken.stream().map(figure::applyAsDouble).toList());
  }
}
