package io.tollgate.bench;

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
record Report(
    Workload workload,
    Map<Target, List<Sample>> samples,
    Map<Target, WarmUp> warmUps,
    Machine machine,
    Options options,
    String command) {
  private static final String HEAD =
      "| | CPU µs/request | of it compiler | with PostgreSQL | × Netty | × Netty with PostgreSQL"
          + " | requests/s | p50 µs | p99 µs | p99.9 µs | books caught up s | memory MiB | PostgreSQL MiB"
          + " | warmed up s | errors |\n"
          + "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n";

  String markdown() {
    StringBuilder text = new StringBuilder("# " + workload.title() + "\n\n");
    text.append(machine.text())
        .append("\n\n`")
        .append(command)
        .append("`\n\n")
        .append(Goal.table(new Goals(this).all()))
        .append("\n")
        .append(HEAD);
    samples.forEach((target, taken) -> text.append(row(target, taken)));
    text.append(
        "\nMedian of "
            + options.rounds()
            + " rounds of "
            + options.seconds()
            + " s, targets in turn"
            + (workload.manyKeys() ? "; " + Figures.whole(options.users()) + " keys" : "")
            + "; in brackets the least and the most. `direct` is load straight on"
            + " the upstream: its CPU is the upstream's own. `compiler` is the JVM's own threads that"
            + " compile. `books caught up` is how long after the load it took until all of it was in"
            + " the books: that time is not in requests/s, its CPU is in CPU/request. Each target was warmed up until its CPU per request was flat (`+`: it was"
            + " not when the time for it was over).\n");
    text.append("\n## Overhead over going straight to the upstream\n\n");
    text.append("| | p50 µs | p99 µs |\n|---|---:|---:|\n");
    samples.keySet().stream()
        .filter(target -> !target.name().equals(Stand.DIRECT))
        .forEach(target -> text.append(overhead(target.name())));
    text.append("\n![").append(plotTitle()).append("](").append(workload.file()).append(".svg)\n");
    return text.toString();
  }

  private String overhead(String name) {
    return "| "
        + name
        + " | "
        + Figures.whole(more(name, Sample::p50))
        + " | "
        + Figures.whole(more(name, Sample::p99))
        + " |\n";
  }

  private String row(Target target, List<Sample> taken) {
    boolean ours = target.backlog().isPresent();
    boolean compared = !target.name().equals(Stand.DIRECT) && find(Stand.NETTY).isPresent();
    WarmUp warm = warmUps.getOrDefault(target, new WarmUp(0, true));
    List<String> cells = new ArrayList<>();
    cells.add(target.name());
    cells.add(spread(taken, Sample::cpuMicros));
    cells.add(Figures.fine(middle(taken, Sample::compilerMicros)));
    cells.add(ours ? spread(taken, Sample::allMicros) : "");
    cells.add(compared ? Figures.times(timesNetty(target.name(), Sample::cpuMicros)) : "");
    cells.add(ours && compared ? Figures.times(timesNetty(target.name(), Sample::allMicros)) : "");
    cells.add(spread(taken, Sample::perSecond));
    cells.add(spread(taken, Sample::p50));
    cells.add(spread(taken, Sample::p99));
    cells.add(spread(taken, Sample::p999));
    cells.add(target.backlog().isPresent() ? spread(taken, Sample::caughtUp) : "");
    cells.add(Figures.whole(middle(taken, Sample::memoryMib)));
    cells.add(ours ? Figures.whole(middle(taken, Sample::postgresMemoryMib)) : "");
    cells.add(warm.seconds() + (warm.flat() ? "" : "+"));
    cells.add(Long.toString(taken.stream().mapToLong(Sample::errors).sum()));
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /**
   * How many times bare Netty's figure a target's is; not a number where one of them is missing.
   */
  double timesNetty(String name, ToDoubleFunction<Sample> figure) {
    return middle(name, figure) / middle(Stand.NETTY, Sample::cpuMicros);
  }

  /** How much more than on going straight to the upstream. */
  double more(String name, ToDoubleFunction<Sample> figure) {
    return middle(name, figure) - middle(Stand.DIRECT, figure);
  }

  private double middle(String name, ToDoubleFunction<Sample> figure) {
    return find(name).map(taken -> middle(taken, figure)).orElse(Double.NaN);
  }

  private String plotTitle() {
    return (workload == Workload.P4 ? "Latency, " : "CPU µs per request, ") + workload.title();
  }

  /**
   * Bars of CPU per request, the process itself and PostgreSQL behind it; where one connection
   * asks, the latencies.
   */
  String plot() {
    if (workload == Workload.P4) {
      Curve curve = new Curve(plotTitle());
      samples.forEach((target, taken) -> curve.add(target.name(), middleOf(taken)));
      return curve.svg();
    }
    Bars bars = new Bars(plotTitle(), "blue: the process itself; yellow: PostgreSQL");
    samples.forEach(
        (target, taken) -> {
          if (!target.name().equals(Stand.DIRECT)) {
            bars.add(
                target.name(),
                middle(taken, Sample::cpuMicros),
                target.backlog().isPresent() ? middle(taken, Sample::postgresMicros) : 0);
          }
        });
    return bars.svg();
  }

  private Optional<List<Sample>> find(String name) {
    return samples.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The curve of the round whose p50 is the middle one. */
  private static List<Double> middleOf(List<Sample> taken) {
    List<Sample> sorted =
        taken.stream().sorted((a, b) -> Double.compare(a.p50(), b.p50())).toList();
    return sorted.get(sorted.size() / 2).curve();
  }

  private static String spread(List<Sample> taken, ToDoubleFunction<Sample> figure) {
    return Figures.spread(Spread.of(taken.stream().map(figure::applyAsDouble).toList()));
  }

  private static double middle(List<Sample> taken, ToDoubleFunction<Sample> figure) {
    return Spread.of(taken.stream().map(figure::applyAsDouble).toList()).median();
  }
}
