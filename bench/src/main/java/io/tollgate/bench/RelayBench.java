package io.tollgate.bench;

import io.tollgate.bench.load.BenchStand;
import io.tollgate.bench.load.LoadTarget;
import io.tollgate.bench.load.ProcessorProfile;
import io.tollgate.bench.load.StretchSample;
import io.tollgate.bench.load.WarmUp;
import io.tollgate.bench.program.ProcessCost;
import io.tollgate.bench.report.MachineUse;
import io.tollgate.bench.report.RelayReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the relay beside what it is compared with, one workload after the other. */
record RelayBench(BenchOptions options, Path folder) {
  private static final int WARM_SECONDS = 1;

  void run() throws IOException, InterruptedException {
    List<Workload> workloads = options.workloads();
    int users = workloads.stream().anyMatch(Workload::manyKeys) ? options.users() : 0;
    try (BenchStand stand = BenchStand.open(folder, options, users)) {
      for (Workload workload : workloads) {
        measure(stand, workload);
      }
    }
  }

  /** Every target in turn, and all of that several times, so that a busy moment hits them alike. */
  private void measure(BenchStand stand, Workload workload)
      throws IOException, InterruptedException {
    Map<LoadTarget, WarmUp> warmUps = new LinkedHashMap<>();
    // ours last: what it remembers of its users for some minutes is there when it is measured
    for (LoadTarget target : stand.targets().reversed()) {
      warmUps.put(target, WarmUp.of(stand, target, workload, options));
    }
    long[] before = ProcessCost.machine();
    Map<LoadTarget, List<StretchSample>> samples = new LinkedHashMap<>();
    for (int round = 0; round < options.rounds(); round++) {
      for (LoadTarget target : stand.targets()) {
        StretchSample sample = stand.measure(target, workload, WARM_SECONDS, options.seconds());
        System.out.println(workload + " " + target.name() + " " + sample);
        samples.computeIfAbsent(target, unused -> new ArrayList<>()).add(sample);
      }
    }
    RelayReport report =
        new RelayReport(
            workload,
            samples,
            warmUps,
            MachineUse.since(before),
            options,
            options.command(workload));
    write(workload.file() + ".md", report.markdown());
    write(workload.file() + ".svg", report.plot());
    if (workload == Workload.P1) {
      LoadTarget ours = stand.targets().getFirst();
      write("profile-p1.md", ProcessorProfile.take(stand, ours, workload, folder));
    }
  }

  private void write(String name, String text) throws IOException {
    if (name.endsWith(".md")) {
      System.out.println(text);
    }
    Files.writeString(options.report().resolve(name), text);
  }
}
