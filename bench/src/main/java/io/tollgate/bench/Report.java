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
 * @param busy share of the machine's processors in use meanwhile, everything counted in
 */
record Report(
    Workload workload, Map<Target, List<Sample>> samples, int rounds, int seconds, double busy) {

  String markdown() {
    StringBuilder text = new StringBuilder("# " + workload.title() + "\n\n");
    text.append(machine());
    text.append(
        "\n| | CPU µs/request | of it compiler | with PostgreSQL | × Netty | × Netty with PostgreSQL | requests/s"
            + " | p50 µs | p99 µs | p99.9 µs | memory MiB | PostgreSQL MiB | errors |\n"
            + "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    samples.forEach((target, taken) -> text.append(row(target, taken)));
    text.append(
        "\nMedian of "
            + rounds
            + " rounds, in brackets the least and the most. `direct` is load straight on the"
            + " upstream: its CPU is the upstream's own. `compiler` is the JVM's own threads that compile:"
            + " what a process that runs longer does not spend.\n");
    text.append("\n## Overhead over going straight to the upstream\n\n");
    text.append("| | p50 µs | p99 µs |\n|---|---:|---:|\n");
    find(Stand.DIRECT)
        .ifPresent(
            direct ->
                samples.forEach(
                    (target, taken) -> {
                      if (!target.name().equals(Stand.DIRECT)) {
                        text.append(
                            "| "
                                + target.name()
                                + " | "
                                + Figures.whole(
                                    middle(taken, Sample::p50) - middle(direct, Sample::p50))
                                + " | "
                                + Figures.whole(
                                    middle(taken, Sample::p99) - middle(direct, Sample::p99))
                                + " |\n");
                      }
                    }));
    text.append("\n![CPU per request](" + workload.file() + ".svg)\n");
    return text.toString();
  }

  private String machine() {
    return Runtime.getRuntime().availableProcessors()
        + " processors, "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", Java "
        + Runtime.version().feature()
        + "; load, upstream and all targets on this one machine. Rounds of "
        + seconds
        + " s after warming up, targets in turn. Processors in use meanwhile, by everything on the"
        + " machine: "
        + Math.round(busy * 100)
        + " %.\n";
  }

  private String row(Target target, List<Sample> taken) {
    double netty = find(Stand.NETTY).map(found -> middle(found, Sample::cpuMicros)).orElse(0.0);
    double own = middle(taken, Sample::cpuMicros);
    double all = middle(taken, sample -> sample.cpuMicros() + sample.postgresMicros());
    boolean compared = !target.name().equals(Stand.DIRECT) && netty > 0;
    boolean ours = target.name().equals(Stand.OURS);
    List<String> cells = new ArrayList<>();
    cells.add(target.name());
    cells.add(spread(taken, Sample::cpuMicros));
    cells.add(Figures.whole(middle(taken, Sample::compilerMicros)));
    cells.add(ours ? spread(taken, s -> s.cpuMicros() + s.postgresMicros()) : "");
    cells.add(compared ? Figures.times(own / netty) : "");
    cells.add(ours && compared ? Figures.times(all / netty) : "");
    cells.add(spread(taken, Sample::perSecond));
    cells.add(spread(taken, Sample::p50));
    cells.add(spread(taken, Sample::p99));
    cells.add(spread(taken, Sample::p999));
    cells.add(Figures.whole(middle(taken, Sample::memoryMib)));
    cells.add(ours ? Figures.whole(middle(taken, Sample::postgresMemoryMib)) : "");
    cells.add(Long.toString(taken.stream().mapToLong(Sample::errors).sum()));
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /** Bars of CPU per request: the process itself, and PostgreSQL's behind it. */
  String plot() {
    Bars bars = new Bars("CPU µs per request, " + workload.title());
    samples.forEach(
        (target, taken) -> {
          if (!target.name().equals(Stand.DIRECT)) {
            bars.add(
                target.name(),
                middle(taken, Sample::cpuMicros),
                target.name().equals(Stand.OURS) ? middle(taken, Sample::postgresMicros) : 0);
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

  private static String spread(List<Sample> taken, ToDoubleFunction<Sample> figure) {
    return Figures.spread(Spread.of(taken.stream().map(figure::applyAsDouble).toList()));
  }

  private static double middle(List<Sample> taken, ToDoubleFunction<Sample> figure) {
    return Spread.of(taken.stream().map(figure::applyAsDouble).toList()).median();
  }
}
