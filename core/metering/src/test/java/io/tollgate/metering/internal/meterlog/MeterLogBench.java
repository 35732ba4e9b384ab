package io.tollgate.metering.internal.meterlog;

import java.io.IOException;
import java.nio.file.Path;

/** Measures what a record costs: {@code MeterLogBench DIRECTORY}. Prints; asserts nothing. */
public final class MeterLogBench {
  private static final int RECORDS = 400_000;
  private static final int GROUPS = 400;

  private MeterLogBench() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int run = 0;
    for (int round = 0; round < 3; round++) {
      for (int group : new int[] {1, 8, 32, 128}) {
        LogWriter writer = SomeCourse.writer(folder.resolve("process-" + run++));
        System.out.printf(
            "process, %3d records a write: %6d ns per record%n", group, process(writer, group));
      }
      for (int group : new int[] {1, 32}) {
        LogWriter writer = SomeCourse.writer(folder.resolve("disk-" + run++));
        System.out.printf(
            "disk, %3d records a group:    %6d us per group%n", group, disk(writer, group));
      }
    }
    System.exit(0);
  }

  private static long process(LogWriter writer, int group) {
    SomeCourse course = new SomeCourse(RECORDS / 2);
    long started = System.nanoTime();
    int staged = 0;
    for (int i = 0; i < RECORDS / 2; i++) {
      course.admit(writer, i, i + 1);
      if (++staged % group == 0) {
        writer.flush();
      }
      course.finish(writer, i, i + 1);
      if (++staged % group == 0) {
        writer.flush();
      }
    }
    writer.flush();
    return (System.nanoTime() - started) / RECORDS;
  }

  private static long disk(LogWriter writer, int group) {
    SomeCourse course = new SomeCourse(GROUPS * group);
    long started = System.nanoTime();
    for (int i = 0; i < GROUPS * group; i++) {
      course.admit(writer, i, i + 1);
      if ((i + 1) % group == 0) {
        writer.force();
      }
    }
    return (System.nanoTime() - started) / GROUPS / 1_000;
  }
}
