package io.tollgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs the benchmark and writes its report; see {@link Options} for its arguments. */
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(Arrays.asList(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    Path report = Files.createDirectories(options.report());
    Path folder = Files.createTempDirectory("tollgate-bench");
    System.out.println("data and logs: " + folder);
    if (!options.workloads().isEmpty()) {
      new Relaying(options, Files.createDirectory(folder.resolve("relay"))).run();
      Goal.gather(report);
    }
    if (options.parts().contains(Part.P5)) {
      new Settlements(options, Files.createDirectory(folder.resolve("settling"))).run();
      Goal.gather(report);
    }
    if (options.parts().contains(Part.P8)) {
      new Restart(options, Files.createDirectory(folder.resolve("restart"))).run();
      Goal.gather(report);
    }
  }
}
