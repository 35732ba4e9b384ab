package io.tollgate.bench.program;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processor time and memory of a process and of those it started, from {@code /proc}.
 *
 * @param ownTicks processor time of the process, hundredths of a second
 * @param startedTicks the same for all below it, also those that ended since
 * @param compilerTicks how much of the own time went into the JVM's compiler threads
 * @param ownMib memory in MiB, of shared pages its part
 * @param startedMib the same for all below it
 */
public record ProcessCost(
    long ownTicks, long startedTicks, long compilerTicks, double ownMib, double startedMib) {
  /** Microseconds of one tick; USER_HZ is 100 on every Linux. */
  public static final long TICK_MICROS = 10_000;

  public static ProcessCost of(long pid) throws IOException {
    List<Long> started =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::descendants)
            .map(ProcessHandle::pid)
            .toList();
    long[] own = ticks(pid);
    long startedTicks = own[1];
    double startedMib = 0;
    for (long below : started) {
      try {
        long[] ticks = ticks(below);
        startedTicks += ticks[0] + ticks[1];
        startedMib += memory(below);
      } catch (IOException e) {
        // ended in between: its time shows up with the process that started it
        continue;
      }
    }
    return new ProcessCost(own[0], startedTicks, compiler(pid), memory(pid), startedMib);
  }

  private static long compiler(long pid) throws IOException {
    long ticks = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads) {
        try {
          if (Files.readString(thread.resolve("comm")).contains(" CompilerThre")) {
            ticks += ticks(thread.resolve("stat"))[0];
          }
        } catch (IOException e) {
          // a compiler thread that had nothing to do and ended
          continue;
        }
      }
    }
    return ticks;
  }

  private static long[] ticks(long pid) throws IOException {
    return ticks(Path.of("/proc/" + pid + "/stat"));
  }

  /** Of the process or thread itself, and of what it started and waited for. */
  private static long[] ticks(Path file) throws IOException {
    String stat = Files.readString(file);
    // the name in brackets may hold spaces; the third field follows it
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return new long[] {
      Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
      Long.parseLong(fields[13]) + Long.parseLong(fields[14])
    };
  }

  private static double memory(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      if (line.startsWith("Pss:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    return 0;
  }

  /** Share of all processors in use since the machine started: busy and total ticks. */
  public static long[] machine() throws IOException {
    String[] fields =
        Files.readAllLines(Path.of("/proc/stat")).getFirst().replaceFirst("cpu +", "").split(" ");
    long total = 0;
    for (int i = 0; i < 8; i++) {
      total += Long.parseLong(fields[i]);
    }
    return new long[] {total - Long.parseLong(fields[3]) - Long.parseLong(fields[4]), total};
  }
}
