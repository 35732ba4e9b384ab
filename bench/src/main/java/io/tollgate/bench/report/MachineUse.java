package io.tollgate.bench.report;

import io.tollgate.bench.program.ProcessCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What a page was measured on, and how much of it was in use meanwhile.
 *
 * @param busy share of its processors in use, by everything on it
 */
public record MachineUse(double busy) {
  /**
   * @param since {@link ProcessCost#machine} when measuring began
   */
  public static MachineUse since(long[] since) throws IOException {
    long[] now = ProcessCost.machine();
    return new MachineUse((now[0] - since[0]) / (double) Math.max(1, now[1] - since[1]));
  }

  public String text() {
    return Runtime.getRuntime().availableProcessors()
        + " processors ("
        + model()
        + "; virtual ones may be shared), "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", Java "
        + Runtime.version().feature()
        + ", "
        + LocalDate.now(ZoneOffset.UTC)
        + ". Everything runs on this one machine. Processors in use meanwhile, by everything on it: "
        + Math.round(busy * 100)
        + " %.";
  }

  private static String model() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("model not told");
    } catch (IOException e) {
      return "model not told";
    }
  }
}
