package io.tollgate.bench.charging;

import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.load.FigureSpread;
import io.tollgate.bench.program.ChildProcess;
import io.tollgate.bench.program.DemoAccess;
import io.tollgate.bench.program.MeasuredProgram;
import io.tollgate.bench.program.ProcessCost;
import io.tollgate.bench.report.FigureText;
import io.tollgate.bench.report.MachineUse;
import io.tollgate.bench.report.ReportGoal;
import io.tollgate.bench.settlement.OneByOne;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * P6: how many checks and deducts backends get done per second, durable, over HTTP and over gRPC;
 * beside one transaction for each on the same PostgreSQL, in the same run.
 */
public record ChargingBench(BenchOptions options, Path folder) {
  static final int CALLERS = 64;
  private static final int SLOWER_MAX = 3;
  private static final int USERS = 1_000;
  private static final int DOLLARS = 1_000_000;
  private static final String HTTP = "HTTP";
  private static final String GRPC = "gRPC";
  private static final String EACH = "one transaction each";
  private static final String BARE = "one stored function each";
  private static final List<String> UNGATHERED =
      List.of(
          "--billing-charges-batch-max=1",
          "--billing-charges-gather-us=0",
          "--billing-charges-lanes=" + OneByOne.CALLERS);

  static String user(int number) {
    return "charged-" + number;
  }

  public void run() throws IOException, InterruptedException {
    MeasuredProgram program = program("charging");
    MeasuredProgram ungathered = program("charging-each");
    Map<String, List<ChargingStretch>> seen = new LinkedHashMap<>();
    MachineUse machine;
    boolean clean;
    try (ChildProcess child = program.demo(List.of());
        ChildProcess other = ungathered.demo(UNGATHERED)) {
      DemoAccess demo = prepared(program);
      DemoAccess each = prepared(ungathered);
      OneByOne bare = OneByOne.on(program.data(), USERS);
      Targets targets = new Targets(demo, child.pid(), each, other.pid());
      warmUp(targets);
      long[] before = ProcessCost.machine();
      for (int round = 0; round < options.rounds(); round++) {
        round(targets, bare, seen);
      }
      machine = MachineUse.since(before);
      bare.remove();
      clean = program.audit() && ungathered.audit();
      if (!child.runs() || !other.runs()) {
        throw new IOException("a program ended (its log tells why)");
      }
    }
    String page = page(seen, machine, clean);
    System.out.println(page);
    Files.writeString(options.report().resolve("p6.md"), page);
  }

  private MeasuredProgram program(String name) throws IOException {
    return new MeasuredProgram(
        Files.createDirectories(folder.resolve(name)), options.program(), 0, 0, 0);
  }

  private static DemoAccess prepared(MeasuredProgram program)
      throws IOException, InterruptedException {
    DemoAccess demo = DemoAccess.read(program.data().resolve("demo.json"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int number = 0; number < USERS; number++) {
        demo.give(client, user(number), DOLLARS);
      }
    }
    return demo;
  }

  /** The program as it is, and told to write each call by itself, with their processes. */
  private record Targets(DemoAccess demo, long program, DemoAccess each, long ungathered) {}

  /**
   * Until it gets no faster several times running: the compiler needs some hundred thousand calls.
   * The first ones of each user also make their accounts.
   */
  private void warmUp(Targets targets) throws IOException, InterruptedException {
    double best = 0;
    int slower = 0;
    for (int turn = 0; turn < options.warmUps(); turn++) {
      double rate =
          http(targets).perSecond() + grpc(targets).perSecond() + ungathered(targets).perSecond();
      System.out.println("P6 warming up: " + Math.round(rate) + " calls/s, all together");
      slower = rate < best * 1.05 ? slower + 1 : 0;
      if (slower == SLOWER_MAX) {
        return;
      }
      best = Math.max(best, rate);
    }
  }

  private void round(Targets targets, OneByOne bare, Map<String, List<ChargingStretch>> seen)
      throws IOException, InterruptedException {
    add(seen, HTTP, http(targets));
    add(seen, GRPC, grpc(targets));
    add(seen, EACH, ungathered(targets));
    add(
        seen,
        BARE,
        new ChargingStretch(
            bare.perSecond(options.seconds()), Double.NaN, Double.NaN, 0, ChargingCost.UNKNOWN));
  }

  private ChargingStretch http(Targets targets) throws IOException, InterruptedException {
    return stretch(targets.program, () -> overHttp(targets.demo));
  }

  private ChargingStretch grpc(Targets targets) throws IOException, InterruptedException {
    return stretch(
        targets.program, () -> new GrpcBackends(targets.demo.grpc(), targets.demo.serviceToken()));
  }

  private ChargingStretch ungathered(Targets targets) throws IOException, InterruptedException {
    return stretch(targets.ungathered, () -> overHttp(targets.each));
  }

  private static Backends overHttp(DemoAccess demo) throws IOException {
    return new HttpBackends(demo.privatePort(), demo.serviceToken());
  }

  private ChargingStretch stretch(long program, ChargingStretch.Opening opening)
      throws IOException, InterruptedException {
    return ChargingStretch.run(CALLERS, USERS, options.seconds(), program, opening);
  }

  private static void add(
      Map<String, List<ChargingStretch>> seen, String name, ChargingStretch stretch) {
    System.out.println("P6 " + name + " " + stretch);
    seen.computeIfAbsent(name, unused -> new ArrayList<>()).add(stretch);
  }

  private String page(Map<String, List<ChargingStretch>> seen, MachineUse machine, boolean clean) {
    StringBuilder text = new StringBuilder("# P6: checks and deducts per second\n\n");
    text.append(machine.text())
        .append("\n\n`./tollgate bench p6 --rounds ")
        .append(options.rounds())
        .append(" --seconds ")
        .append(options.seconds())
        .append("`\n\n")
        .append(ReportGoal.table(goals(seen)))
        .append(
            """

            | | calls/s | p50 ms | p99 ms | refused | program µs | PostgreSQL µs | callers µs |
            |---|---:|---:|---:|---:|---:|---:|---:|
            """);
    seen.forEach(
        (name, taken) ->
            text.append("| ")
                .append(name)
                .append(" | ")
                .append(spread(taken, ChargingStretch::perSecond))
                .append(" | ")
                .append(name.equals(BARE) ? "" : spread(taken, ChargingStretch::p50Millis))
                .append(" | ")
                .append(name.equals(BARE) ? "" : spread(taken, ChargingStretch::p99Millis))
                .append(" | ")
                .append(taken.stream().mapToLong(ChargingStretch::failed).sum())
                .append(name.equals(BARE) ? " | | | " : costs(taken))
                .append("|\n"));
    return text.append(
            """

            Median of %d rounds of %d s, all in turn on one embedded PostgreSQL that syncs every commit, callers on the \
            same processors; in brackets the least and the most. %d callers, each with a connection of its own and one \
            call at a time: a check, then a deduct with a new request id, of a user drawn from %,d, who have a free quota \
            and money; one thread carries the calls of all. The last three columns are processor time of a call, \
            checks and deducts alike. Audit of the books afterwards: %s.

            - **%s**: the same program over HTTP, told to write each call in a transaction of its own (%s).
            - **%s**: a stored function that locks, checks and posts two entries, called over %d connections: a deduct \
            without check, request, record or event.
            """
                .formatted(
                    options.rounds(),
                    options.seconds(),
                    CALLERS,
                    USERS,
                    clean ? "clean" : "**not clean**",
                    EACH,
                    String.join(" ", UNGATHERED),
                    BARE,
                    OneByOne.CALLERS))
        .toString();
  }

  private static List<ReportGoal> goals(Map<String, List<ChargingStretch>> seen) {
    List<ReportGoal> goals = new ArrayList<>();
    double single = median(seen, EACH, ChargingStretch::perSecond);
    for (String how : List.of(HTTP, GRPC)) {
      double rate = median(seen, how, ChargingStretch::perSecond);
      double p99 = median(seen, how, ChargingStretch::p99Millis);
      goals.add(ReportGoal.atLeast("P6", how, 10_000, rate, " /s"));
      goals.add(
          ReportGoal.atLeast("P6", how + ": by one transaction each", 10, rate / single, " ×"));
      goals.add(ReportGoal.below("P6", how + ": p99", 20, p99, " ms"));
    }
    return goals;
  }

  private static double median(
      Map<String, List<ChargingStretch>> seen,
      String name,
      ToDoubleFunction<ChargingStretch> figure) {
    return FigureSpread.of(
            seen.getOrDefault(name, List.of()).stream().map(figure::applyAsDouble).toList())
        .median();
  }

  private static String costs(List<ChargingStretch> taken) {
    return " | "
        + spread(taken, each -> each.cost().program())
        + " | "
        + spread(taken, each -> each.cost().postgres())
        + " | "
        + spread(taken, each -> each.cost().callers())
        + " ";
  }

  private static String spread(
      List<ChargingStretch> taken, ToDoubleFunction<ChargingStretch> figure) {
    return FigureText.spread(FigureSpread.of(taken.stream().map(figure::applyAsDouble).toList()));
  }
}
