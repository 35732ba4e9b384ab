package io.tollgate.tests.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What lives in the heap of a running program, after a full collection. */
final class ProgramHeap {
  private ProgramHeap() {}

  /** Counts the bytes of all objects that are still reachable. */
  static long liveBytes(long pid) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      // a histogram of live objects collects first; its last line is the sum of all
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String total =
          text.lines()
              .filter(line -> line.startsWith("Total"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no histogram: " + text));
      return Long.parseLong(total.strip().split("\\s+")[2]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
