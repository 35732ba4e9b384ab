package io.tollgate.bench;

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
  private final Map<String, Target> targets = new LinkedHashMap<>();
  private final Map<String, String> keys = new LinkedHashMap<>();
  private final Deque<Child> children = new ArrayDeque<>();

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
      run.children.forEach(Child::close);
    }
  }

  private void start(List<String> builds) throws IOException {
    String upstreamPort = Integer.toString(Stand.freePort());
    Child upstream = child("upstream", Stretch.command("Upstream", upstreamPort));
    upstream.line("ready");
    String nettyPort = Integer.toString(Stand.freePort());
    Child netty =
        child("netty", Stretch.command("Passthrough", nettyPort, upstreamPort, "sk-bench"));
    netty.line("ready");
    keys.put(Stand.NETTY, "sk-bench");
    Callers callers = new Callers("sk-bench", "sk-bench");
    targets.put(
        Stand.NETTY, new Target(Stand.NETTY, Integer.parseInt(nettyPort), netty.pid(), callers));
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
      Child rig = child(name, command);
      String key = rig.line("key");
      keys.put(name, key);
      int port = Integer.parseInt(rig.line("ready"));
      targets.put(name, new Target(name, port, rig.pid(), new Callers(key, key)));
      System.out.println(name + ": process " + rig.pid());
    }
  }

  private Child child(String name, List<String> command) throws IOException {
    Child child = Child.talking(name, folder, command);
    children.push(child);
    return child;
  }

  private void measure(Workload workload, int rounds, int seconds, int warmUps) throws IOException {
    for (Target target : targets.values()) {
      warmUp(target, workload, seconds, warmUps);
    }
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Target target : targets.values()) {
        Sample sample = sample(target, workload, 1, seconds);
        System.out.println(
            target.name() + " " + sample.cpuMicros() + " " + sample.compilerMicros());
        samples.computeIfAbsent(target.name(), unused -> new ArrayList<>()).add(sample);
      }
    }
    double netty = Spread.of(cpu(samples.getOrDefault(Stand.NETTY, List.of()))).median();
    System.out.println(
        "\n"
            + workload.title()
            + "\n| | CPU µs | × Netty | requests/s | p50 µs | p99 µs | errors |");
    samples.forEach((name, taken) -> System.out.println(row(name, taken, netty)));
  }

  /** Until little of its time still goes into compiling. */
  private void warmUp(Target target, Workload workload, int seconds, int most) throws IOException {
    for (int i = 0; i < most; i++) {
      Sample sample = sample(target, workload, 0, seconds);
      System.out.println(
          "warming up " + target.name() + " " + sample.cpuMicros() + " " + sample.compilerMicros());
      if (sample.compilerMicros() < sample.cpuMicros() * COMPILING) {
        return;
      }
    }
  }

  private Sample sample(Target target, Workload workload, int warm, int seconds)
      throws IOException {
    System.out.println("load on " + target.name());
    return Stretch.measure(
        folder, keys.getOrDefault(target.name(), ""), target, workload, warm, seconds);
  }

  private static String row(String name, List<Sample> taken, double netty) {
    Spread cpu = Spread.of(cpu(taken));
    return "| "
        + name
        + " | "
        + Figures.tenths(cpu.median())
        + " ("
        + Figures.tenths(cpu.least())
        + "–"
        + Figures.tenths(cpu.most())
        + ") | "
        + Figures.times(cpu.median() / netty)
        + " | "
        + Figures.whole(Spread.of(taken.stream().map(Sample::perSecond).toList()).median())
        + " | "
        + Figures.whole(Spread.of(taken.stream().map(Sample::p50).toList()).median())
        + " | "
        + Figures.whole(Spread.of(taken.stream().map(Sample::p99).toList()).median())
        + " | "
        + taken.stream().mapToLong(Sample::errors).sum()
        + " |";
  }

  /** Without what the JVM's compiler took: it stops once a process is warm. */
  private static List<Double> cpu(List<Sample> taken) {
    return taken.stream().map(sample -> sample.cpuMicros() - sample.compilerMicros()).toList();
  }
}
