package io.tollgate.bench;

import io.tollgate.bench.load.BenchStand;
import io.tollgate.bench.load.LoadTarget;
import io.tollgate.bench.load.StretchSample;
import io.tollgate.bench.load.WarmUp;
import io.tollgate.bench.program.ProcessCost;
import io.tollgate.bench.report.MachineUse;
import io.tollgate.bench.report.TranslationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what a translated request costs beside one that is passed on in its caller's protocol:
 * in one process, which has met all of them, in turns.
 */
record TranslationBench(BenchOptions options, Path folder) {
  private static final List<Workload> WORKLOADS =
      List.of(Workload.P1, Workload.P1T_MESSAGES, Workload.P1T_CHAT);

  void run() throws IOException, InterruptedException {
    try (BenchStand stand = BenchStand.open(folder, options, options.users())) {
      LoadTarget ours = stand.targets().getFirst();
      Map<Workload, WarmUp> warmUps = new EnumMap<>(Workload.class);
      for (Workload workload : WORKLOADS) {
        warmUps.put(workload, WarmUp.of(stand, ours, workload, options));
      }
      long[] before = ProcessCost.machine();
      Map<Workload, List<StretchSample>> samples = new EnumMap<>(Workload.class);
      for (int round = 0; round < options.rounds(); round++) {
        for (Workload workload : WORKLOADS) {
          StretchSample sample = stand.measure(ours, workload, 0, options.seconds());
          System.out.println(workload + " " + sample);
          samples.computeIfAbsent(workload, unused -> new ArrayList<>()).add(sample);
        }
      }
      TranslationReport report =
          new TranslationReport(
              samples,
              warmUps,
              MachineUse.since(before),
              options,
              options.command(Workload.P1T_MESSAGES));
      System.out.println(report.markdown());
      Files.writeString(options.report().resolve("p1t.md"), report.markdown());
    }
  }
}
