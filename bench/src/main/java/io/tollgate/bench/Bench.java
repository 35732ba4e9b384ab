package io.tollgate.bench;

import io.tollgate.bench.backtest.BacktestBench;
import io.tollgate.bench.charging.ChargingBench;
import io.tollgate.bench.following.FollowingBench;
import io.tollgate.bench.log.LogBench;
import io.tollgate.bench.report.ReportGoal;
import io.tollgate.bench.restart.RestartBench;
import io.tollgate.bench.restart.StartBench;
import io.tollgate.bench.settlement.SettlementBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs the benchmark and writes its report; see {@link BenchOptions} for its arguments. */
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchOptions options;
    try {
      options = BenchOptions.parse(Arrays.asList(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    Path report = Files.createDirectories(options.report());
    Path folder = Files.createTempDirectory("tollgate-bench");
    System.out.println("data and logs: " + folder);
    if (!options.workloads().isEmpty()) {
      new RelayBench(options, Files.createDirectory(folder.resolve("relay"))).run();
      ReportGoal.gather(report);
    }
    if (options.parts().contains(BenchPart.P1T)) {
      new TranslationBench(options, Files.createDirectory(folder.resolve("translation"))).run();
      ReportGoal.gather(report);
    }
    if (options.parts().contains(BenchPart.P5)) {
      new SettlementBench(options, Files.createDirectory(folder.resolve("settling"))).run();
      ReportGoal.gather(report);
    }
    if (options.parts().contains(BenchPart.P6)) {
      new ChargingBench(options, Files.createDirectory(folder.resolve("charging"))).run();
      ReportGoal.gather(report);
    }
    if (options.parts().contains(BenchPart.P7)) {
      new FollowingBench(options, Files.createDirectory(folder.resolve("following"))).run();
      ReportGoal.gather(report);
    }
    if (options.parts().contains(BenchPart.P8)) {
      new RestartBench(options, Files.createDirectory(folder.resolve("restart"))).run();
      ReportGoal.gather(report);
    }
    if (options.parts().contains(BenchPart.P9)) {
      new LogBench(options, Files.createDirectory(folder.resolve("log"))).run();
      ReportGoal.gather(report);
    }
    if (options.parts().contains(BenchPart.P10)) {
      new BacktestBench(options, Files.createDirectory(folder.resolve("backtest"))).run();
      ReportGoal.gather(report);
    }
    if (options.parts().contains(BenchPart.P12)) {
      new StartBench(options, Files.createDirectory(folder.resolve("starting"))).run();
      ReportGoal.gather(report);
    }
  }
}
