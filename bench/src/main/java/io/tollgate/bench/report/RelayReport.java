package io.tollgate.bench.report;

import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.Workload;
import io.tollgate.bench.load.BenchStand;
import io.tollgate.bench.load.FigureSpread;
import io.tollgate.bench.load.LoadTarget;
import io.tollgate.bench.load.StretchSample;
import io.tollgate.bench.load.WarmUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One workload's figures as Markdown and as a plot.
 *
 * @param samples of each target, in the order of the table
 * @param warmUps of each target, before
 * @param command how to have this page written again
 */
public record RelayReport(
    Workload workload,
    Map<LoadTarget, List<StretchSample>> samples,
    Map<LoadTarget, WarmUp> warmUps,
    MachineUse machine,
    BenchOptions options,
    String command) {
  private static final String HEAD =
      "| | CPU µs/request | of it compiler | with PostgreSQL | × Netty | × Netty with PostgreSQL"
          + " | requests/s | p50 µs | p99 µs | p99.9 µs | books caught up s | memory MiB | PostgreSQL MiB"
          + " | warmed up s | errors |\n"
          + "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n";

  public String markdown() {
    StringBuilder text = new StringBuilder("# " + workload.title() + "\n\n");
    text.append(machine.text())
        .append("\n\n`")
        .append(command)
        .append("`\n\n")
        .append(ReportGoal.table(new RelayGoals(this).all()))
        .append("\n")
        .append(HEAD);
    samples.forEach((target, taken) -> text.append(row(target, taken)));
    text.append(
        "\nMedian of "
            + options.rounds()
            + " rounds of "
            + options.seconds()
            + " s, targets in turn"
            + (workload.manyKeys() ? "; " + FigureText.whole(options.users()) + " keys" : "")
            + "; in brackets the least and the most. `direct` is load straight on"
            + " the upstream: its CPU is the upstream's own. `compiler` is the JVM's own threads that"
            + " compile. `books caught up` is how long after the load it took until all of it was in"
            + " the books: that time is not in requests/s, its CPU is in CPU/request. Each target was warmed up until its CPU per request was flat (`+`: it was"
            + " not when the time for it was over).\n");
    text.append("\n## Overhead over going straight to the upstream\n\n");
    text.append("| | p50 µs | p99 µs |\n|---|---:|---:|\n");
    samples.keySet().stream()
        .filter(target -> !target.name().equals(BenchStand.DIRECT))
        .forEach(target -> text.append(overhead(target.name())));
    text.append("\n![").append(plotTitle()).append("](").append(workload.file()).append(".svg)\n");
    return text.toString();
  }

  private String overhead(String name) {
    return "| "
        + name
        + " | "
        + FigureText.whole(more(name, StretchSample::p50))
        + " | "
        + FigureText.whole(more(name, StretchSample::p99))
        + " |\n";
  }

  private String row(LoadTarget target, List<StretchSample> taken) {
    boolean ours = target.backlog().isPresent();
    boolean compared =
        !target.name().equals(BenchStand.DIRECT) && find(BenchStand.NETTY).isPresent();
    WarmUp warm = warmUps.getOrDefault(target, new WarmUp(0, true));
    List<String> cells = new ArrayList<>();
    cells.add(target.name());
    cells.add(spread(taken, StretchSample::cpuMicros));
    cells.add(FigureText.fine(middle(taken, StretchSample::compilerMicros)));
    cells.add(ours ? spread(taken, StretchSample::allMicros) : "");
    cells.add(
        compared ? FigureText.times(timesNetty(target.name(), StretchSample::cpuMicros)) : "");
    cells.add(
        ours && compared
            ? FigureText.times(timesNetty(target.name(), StretchSample::allMicros))
            : "");
    cells.add(spread(taken, StretchSample::perSecond));
    cells.add(spread(taken, StretchSample::p50));
    cells.add(spread(taken, StretchSample::p99));
    cells.add(spread(taken, StretchSample::p999));
    cells.add(target.backlog().isPresent() ? spread(taken, StretchSample::caughtUp) : "");
    cells.add(FigureText.whole(middle(taken, StretchSample::memoryMib)));
    cells.add(ours ? FigureText.whole(middle(taken, StretchSample::postgresMemoryMib)) : "");
    cells.add(warm.seconds() + (warm.flat() ? "" : "+"));
    cells.add(Long.toString(taken.stream().mapToLong(StretchSample::errors).sum()));
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /**
   * How many times bare Netty's figure a target's is; not a number where one of them is missing.
   */
  double timesNetty(String name, ToDoubleFunction<StretchSample> figure) {
    return middle(name, figure) / middle(BenchStand.NETTY, StretchSample::cpuMicros);
  }

  /** How much more than on going straight to the upstream. */
  double more(String name, ToDoubleFunction<StretchSample> figure) {
    return middle(name, figure) - middle(BenchStand.DIRECT, figure);
  }

  private double middle(String name, ToDoubleFunction<StretchSample> figure) {
    return find(name).map(taken -> middle(taken, figure)).orElse(Double.NaN);
  }

  private String plotTitle() {
    return (workload == Workload.P4 ? "Latency, " : "CPU µs per request, ") + workload.title();
  }

  /**
   * Bars of CPU per request, the process itself and PostgreSQL behind it; where one connection
   * asks, the latencies.
   */
  public String plot() {
    if (workload == Workload.P4) {
      LatencyCurve curve = new LatencyCurve(plotTitle());
      samples.forEach((target, taken) -> curve.add(target.name(), middleOf(taken)));
      return curve.svg();
    }
    BarPlot bars = new BarPlot(plotTitle(), "blue: the process itself; yellow: PostgreSQL");
    samples.forEach(
        (target, taken) -> {
          if (!target.name().equals(BenchStand.DIRECT)) {
            bars.add(
                target.name(),
                middle(taken, StretchSample::cpuMicros),
                target.backlog().isPresent() ? middle(taken, StretchSample::postgresMicros) : 0);
          }
        });
    return bars.svg();
  }

  private Optional<List<StretchSample>> find(String name) {
    return samples.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The curve of the round whose p50 is the middle one. */
  private static List<Double> middleOf(List<StretchSample> taken) {
    List<StretchSample> sorted =
        taken.stream().sorted((a, b) -> Double.compare(a.p50(), b.p50())).toList();
    return sorted.get(sorted.size() / 2).curve();
  }

  private static String spread(List<StretchSample> taken, ToDoubleFunction<StretchSample> figure) {
    return FigureText.spread(FigureSpread.of(taken.stream().map(figure::applyAsDouble).toList()));
  }

  private static double middle(List<StretchSample> taken, ToDoubleFunction<StretchSample> figure) {
    return FigureSpread.of(taken.stream().map(figure::applyAsDouble).toList()).median();
  }
}
