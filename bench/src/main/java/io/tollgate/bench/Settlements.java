package io.tollgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** P5: how many charges get into the books per second, and what that costs. */
record Settlements(Options options, Path folder) {
  private static final String OVER = "over";

  void run() throws IOException, InterruptedException {
    Program program = new Program(folder, options.program(), 0, 0, 0);
    Map<String, List<Settled>> seen = new LinkedHashMap<>();
    long[] before = Processes.machine();
    try (Child child =
        Child.talking(
            "settling",
            folder,
            Stretch.command(
                "Settling",
                program.data().toString(),
                Integer.toString(options.rounds()),
                Integer.toString(options.charges()),
                Integer.toString(options.seconds())))) {
      for (String name = child.line("begin"); !name.equals(OVER); name = child.line("begin")) {
        Processes from = Processes.of(child.pid());
        String[] end = child.line("end").split(" ");
        Settled settled =
            Settled.of(
                Long.parseLong(end[0]), Long.parseLong(end[1]), from, Processes.of(child.pid()));
        System.out.println("P5 " + name + " " + settled);
        seen.computeIfAbsent(name, unused -> new ArrayList<>()).add(settled);
      }
      if (child.join() != 0) {
        throw new IOException("settling did not end well (its log tells why)");
      }
    }
    Machine machine = Machine.since(before);
    boolean clean = program.audit();
    String page = page(seen, machine, clean);
    System.out.println(page);
    Files.writeString(options.report().resolve("p5.md"), page);
    Files.writeString(options.report().resolve("p5.svg"), plot(seen));
    Folders.delete(program.data());
  }

  private String page(Map<String, List<Settled>> seen, Machine machine, boolean clean) {
    StringBuilder text = new StringBuilder("# P5: settled charges per second\n\n");
    text.append(machine.text())
        .append("\n\n`./tollgate bench p5 --rounds ")
        .append(options.rounds())
        .append(" --charges ")
        .append(options.charges())
        .append(" --seconds ")
        .append(options.seconds())
        .append("`\n\n")
        .append(Goal.table(goals(seen)))
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
                    OneByOne.CALLERS))
        .toString();
  }

  /** Beside what is compared, the full log is the like of it: there too the charges are known. */
  private static List<Goal> goals(Map<String, List<Settled>> seen) {
    List<Goal> goals = new ArrayList<>();
    for (String accounts : List.of(Settling.ONE, Settling.MANY)) {
      for (String how : List.of(Settling.SETTLED, Settling.BACKLOG)) {
        double rate = rate(seen, how + accounts);
        double single = rate(seen, Settling.SINGLE + accounts);
        String what = how + accounts;
        goals.add(Goal.atLeast("P5", what, 40_000, rate, " /s"));
        goals.add(
            Goal.atLeast(
                "P5", what + ": by bare inserts", 0.5, rate / rate(seen, Settling.BARE), " ×"));
        goals.add(
            Goal.atLeast("P5", what + ": by one transaction per charge", 10, rate / single, " ×"));
      }
    }
    return goals;
  }

  private static String plot(Map<String, List<Settled>> seen) {
    Bars bars = new Bars("P5: charges per second", "more is better");
    seen.keySet().forEach(name -> bars.add(name, rate(seen, name), 0));
    return bars.svg();
  }

  private static double rate(Map<String, List<Settled>> seen, String name) {
    return Spread.of(seen.getOrDefault(name, List.of()).stream().map(Settled::perSecond).toList())
        .median();
  }

  private static String spread(List<Settled> taken, ToDoubleFunction<Settled> figure) {
    return Figures.spread(Spread.of(taken.stream().map(figure::applyAsDouble).toList()));
  }

  /** One stretch. */
  private record Settled(double perSecond, double ownMicros, double postgresMicros) {
    static Settled of(long charges, long nanos, Processes before, Processes after) {
      double each = Processes.TICK_MICROS / (double) charges;
      return new Settled(
          charges * 1e9 / nanos,
          (after.ownTicks() - before.ownTicks()) * each,
          (after.startedTicks() - before.startedTicks()) * each);
    }
  }
}
