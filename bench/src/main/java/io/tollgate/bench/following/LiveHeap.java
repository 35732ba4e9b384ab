package io.tollgate.bench.following;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What objects of a JVM are alive, by its own count after a full collection. */
record LiveHeap(long bytes, List<String> largest) {
  private static final int SHOWN = 12;

  static LiveHeap of(long pid) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("jcmd: " + text);
    }
    List<String> lines = text.lines().toList();
    String[] total = lines.getLast().strip().split("\\s+");
    if (!total[0].equals("Total")) {
      throw new IOException("jcmd: " + lines.getLast() + " (expected: the total)");
    }
    return new LiveHeap(
        Long.parseLong(total[2]),
        lines.stream().filter(line -> line.matches("\\s+\\d+: .*")).limit(SHOWN).toList());
  }
}
