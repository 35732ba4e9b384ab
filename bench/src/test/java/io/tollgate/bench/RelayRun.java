package io.tollgate.bench;

import io.tollgate.bench.load.BenchCallers;
import io.tollgate.bench.load.BenchStand;
import io.tollgate.bench.load.FigureSpread;
import io.tollgate.bench.load.LoadTarget;
import io.tollgate.bench.load.MeasuredStretch;
import io.tollgate.bench.load.StretchSample;
import io.tollgate.bench.peers.PassthroughServer;
import io.tollgate.bench.peers.UpstreamServer;
import io.tollgate.bench.program.ChildProcess;
import io.tollgate.bench.report.FigureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares builds of the relay without money with one another and with bare Netty, in turns: {@code
 * WORKLOADS ROUNDS SECONDS WARM_UPS BUILD…}, where a build is {@code NAME=JAVA_ARGUMENTS} with its
 * class path among them.
 */
public final class RelayRun {
  private static final double COMPILING = 0.05;

  private final Path folder;
  private final Map<String, LoadTarget> targets = new LinkedHashMap<>();
  private final Map<String, String> keys = new LinkedHashMap<>();
  private final Deque<ChildProcess> children = new ArrayDeque<>();

  private RelayRun(Path folder) {
    this.folder = folder;
  }

  /** Runs it and prints a table. */
  public static void main(String[] arguments) throws IOException {
    RelayRun run = new RelayRun(Files.createTempDirectory("tollgate-relay-run"));
    System.out.println("logs: " + run.folder);
    try {
      run.start(Arrays.asList(arguments).subList(4, arguments.length));
      for (String name : arguments[0].split(",")) {
        Workload workload = Workload.valueOf(name);
        run.measure(
            workload,
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
      }
    } finally {
      run.children.forEach(ChildProcess::close);
    }
  }

  private void start(List<String> builds) throws IOException {
    String upstreamPort = Integer.toString(BenchStand.freePort());
    ChildProcess upstream =
        child("upstream", MeasuredStretch.command(UpstreamServer.class, upstreamPort));
    upstream.line("ready");
    String nettyPort = Integer.toString(BenchStand.freePort());
    ChildProcess netty =
        child(
            "netty",
            MeasuredStretch.command(PassthroughServer.class, nettyPort, upstreamPort, "sk-bench"));
    netty.line("ready");
    keys.put(BenchStand.NETTY, "sk-bench");
    BenchCallers callers = new BenchCallers("sk-bench", "sk-bench");
    targets.put(
        BenchStand.NETTY,
        new LoadTarget(BenchStand.NETTY, Integer.parseInt(nettyPort), netty.pid(), callers));
    for (String build : builds) {
      int equals = build.indexOf('=');
      String name = build.substring(0, equals);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(Arrays.asList(build.substring(equals + 1).strip().split(" +")));
      command.addAll(
          List.of(
              "io.tollgate.bench.RelayRig",
              upstreamPort,
              folder.resolve(name + "-logs").toString()));
      ChildProcess rig = child(name, command);
      String key = rig.line("key");
      keys.put(name, key);
      int port = Integer.parseInt(rig.line("ready"));
      targets.put(name, new LoadTarget(name, port, rig.pid(), new BenchCallers(key, key)));
      System.out.println(name + ": process " + rig.pid());
    }
  }

  private ChildProcess child(String name, List<String> command) throws IOException {
    ChildProcess child = ChildProcess.talking(name, folder, command);
    children.push(child);
    return child;
  }

  private void measure(Workload workload, int rounds, int seconds, int warmUps) throws IOException {
    for (LoadTarget target : targets.values()) {
      warmUp(target, workload, seconds, warmUps);
    }
    Map<String, List<StretchSample>> samples = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (LoadTarget target : targets.values()) {
        StretchSample sample = sample(target, workload, 1, seconds);
        System.out.println(
            target.name() + " " + sample.cpuMicros() + " " + sample.compilerMicros());
        samples.computeIfAbsent(target.name(), unused -> new ArrayList<>()).add(sample);
      }
    }
    double netty = FigureSpread.of(cpu(samples.getOrDefault(BenchStand.NETTY, List.of()))).median();
    System.out.println(
        "\n"
            + workload.title()
            + "\n| | CPU µs | × Netty | requests/s | p50 µs | p99 µs | errors |");
    samples.forEach((name, taken) -> System.out.println(row(name, taken, netty)));
  }

  /** Until little of its time still goes into compiling. */
  private void warmUp(LoadTarget target, Workload workload, int seconds, int max)
      throws IOException {
    for (int i = 0; i < max; i++) {
      StretchSample sample = sample(target, workload, 0, seconds);
      System.out.println(
          "warming up " + target.name() + " " + sample.cpuMicros() + " " + sample.compilerMicros());
      if (sample.compilerMicros() < sample.cpuMicros() * COMPILING) {
        return;
      }
    }
  }

  private StretchSample sample(LoadTarget target, Workload workload, int warm, int seconds)
      throws IOException {
    System.out.println("load on " + target.name());
    return MeasuredStretch.measure(
        folder, keys.getOrDefault(target.name(), ""), target, workload, warm, seconds);
  }

  private static String row(String name, List<StretchSample> taken, double netty) {
    FigureSpread cpu = FigureSpread.of(cpu(taken));
    return "| "
        + name
        + " | "
        + FigureText.tenths(cpu.median())
        + " ("
        + FigureText.tenths(cpu.least())
        + "–"
        + FigureText.tenths(cpu.max())
        + ") | "
        + FigureText.times(cpu.median() / netty)
        + " | "
        + FigureText.whole(
            FigureSpread.of(taken.stream().map(StretchSample::perSecond).toList()).median())
        + " | "
        + FigureText.whole(
            FigureSpread.of(taken.stream().map(StretchSample::p50).toList()).median())
        + " | "
        + FigureText.whole(
            FigureSpread.of(taken.stream().map(StretchSample::p99).toList()).median())
        + " | "
        + taken.stream().mapToLong(StretchSample::errors).sum()
        + " |";
  }

  /** Without what the JVM's compiler took: it stops once a process is warm. */
  private static List<Double> cpu(List<StretchSample> taken) {
    return taken.stream().map(sample -> sample.cpuMicros() - sample.compilerMicros()).toList();
  }
}
