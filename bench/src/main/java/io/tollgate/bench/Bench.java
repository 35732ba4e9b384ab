package io.tollgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the benchmark and writes its report: {@code FOLDER all|p1|p2|p4 -- PROGRAM…}. */
public final class Bench {
  private static final int ROUNDS = 3;
  private static final int WARM_SECONDS = 1;
  private static final int SECONDS = 4;

  /** Stretches before the first workload, and before each later one, at most. */
  private static final int WARM_UPS = 10;

  private static final int WARM_UPS_LATER = 2;

  /** Warm: no more than this share of a process's time still goes into compiling. */
  private static final double COMPILING = 0.1;

  private Bench() {}

  /** The folder is where reports go; what follows the dashes runs the program. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> all = Arrays.asList(arguments);
    int dashes = all.indexOf("--");
    if (dashes != 2) {
      throw new IllegalArgumentException(
          "bench: " + all + " (expected: FOLDER all|p1|p2|p4 -- PROGRAM…)");
    }
    List<Workload> workloads = Workload.of(all.get(1));
    Path report = Files.createDirectories(Path.of(all.get(0)));
    Path folder = Files.createTempDirectory("tollgate-bench");
    System.out.println("data and logs: " + folder);
    try (Stand stand = Stand.open(folder, all.subList(dashes + 1, all.size()))) {
      for (Workload workload : workloads) {
        long[] before = Processes.machine();
        Map<Target, List<Sample>> samples =
            run(stand, workload, workload == workloads.getFirst() ? WARM_UPS : WARM_UPS_LATER);
        long[] after = Processes.machine();
        Report written =
            new Report(
                workload,
                samples,
                ROUNDS,
                SECONDS,
                (after[0] - before[0]) / (double) (after[1] - before[1]));
        System.out.println(written.markdown());
        Files.writeString(report.resolve(workload.file() + ".md"), written.markdown());
        Files.writeString(report.resolve(workload.file() + ".svg"), written.plot());
        if (workload == workloads.getFirst()) {
          profile(stand, workload, folder, report);
        }
      }
    }
  }

  private static void profile(Stand stand, Workload workload, Path folder, Path report)
      throws IOException, InterruptedException {
    String profile = Profile.take(stand, stand.targets().getFirst(), workload, folder);
    System.out.println(profile);
    Files.writeString(report.resolve("profile-" + workload.file() + ".md"), profile);
  }

  private static void warmUp(Stand stand, Target target, Workload workload, int most)
      throws IOException {
    for (int i = 0; i < most; i++) {
      Sample sample = stand.measure(target, workload, 0, SECONDS);
      System.out.println("warming up " + target.name() + " " + sample);
      if (sample.compilerMicros() <= sample.cpuMicros() * COMPILING) {
        return;
      }
    }
  }

  /** Every target in turn, and all of that several times, so that a busy moment hits them alike. */
  private static Map<Target, List<Sample>> run(Stand stand, Workload workload, int warmUps)
      throws IOException {
    Map<Target, List<Sample>> samples = new LinkedHashMap<>();
    for (Target target : stand.targets()) {
      warmUp(stand, target, workload, warmUps);
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Target target : stand.targets()) {
        Sample sample = stand.measure(target, workload, WARM_SECONDS, SECONDS);
        System.out.println(workload + " " + target.name() + " " + sample);
        samples.computeIfAbsent(target, unused -> new ArrayList<>()).add(sample);
      }
    }
    return samples;
  }
}
