package io.tollgate.bench.load;

import io.tollgate.bench.Workload;
import io.tollgate.bench.program.ChildProcess;
import io.tollgate.bench.program.ProcessCost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One measured stretch: load from a process of its own, and what it cost the target's process. */
public final class MeasuredStretch {
  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseParallelGC",
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-cp",
          System.getProperty("java.class.path"));

  private MeasuredStretch() {}

  /** What runs one of the benchmark's own programs, with the flags that ours runs with. */
  public static List<String> command(Class<?> main, String... arguments) {
    List<String> all = new ArrayList<>(JAVA);
    all.add(main.getName());
    all.addAll(List.of(arguments));
    return all;
  }

  /**
   * Puts load on a target and measures it.
   *
   * @param folder for logs
   * @param key of the caller, or {@code @} and a file of many
   * @param warmSeconds load before it; none where requests are booked later, as those before would
   *     be booked within it
   */
  public static StretchSample measure(
      Path folder, String key, LoadTarget target, Workload workload, int warmSeconds, int seconds)
      throws IOException {
    if (target.backlog().isPresent()) {
      target.backlog().get().awaitNone();
    }
    try (ChildProcess load =
        ChildProcess.talking(
            "load",
            folder,
            command(
                LoadProcess.class,
                Integer.toString(target.port()),
                workload.form().name(),
                Integer.toString(workload.connections()),
                Integer.toString(target.backlog().isPresent() ? 0 : warmSeconds),
                Integer.toString(seconds),
                key))) {
      load.line("begin");
      ProcessCost before = ProcessCost.of(target.pid());
      load.line("end");
      long ended = System.nanoTime();
      if (target.backlog().isPresent()) {
        target.backlog().get().awaitNone();
      }
      double caughtUp = (System.nanoTime() - ended) / 1e9;
      ProcessCost after = ProcessCost.of(target.pid());
      String[] result = load.line("result").split(" ");
      long requests = Long.parseLong(result[0]);
      double perRequest = ProcessCost.TICK_MICROS / (double) Math.max(1, requests);
      return new StretchSample(
          requests,
          Long.parseLong(result[1]),
          Long.parseLong(result[2]) / 1e9,
          caughtUp,
          (after.ownTicks() - before.ownTicks()) * perRequest,
          Math.max(0, after.compilerTicks() - before.compilerTicks()) * perRequest,
          (after.startedTicks() - before.startedTicks()) * perRequest,
          after.ownMib(),
          after.startedMib(),
          Long.parseLong(result[3]) / 1e3,
          Long.parseLong(result[4]) / 1e3,
          Long.parseLong(result[5]) / 1e3,
          curve(load.line("curve")));
    }
  }

  private static List<Double> curve(String nanos) {
    return Arrays.stream(nanos.split(" ")).map(each -> Long.parseLong(each) / 1e3).toList();
  }
}
