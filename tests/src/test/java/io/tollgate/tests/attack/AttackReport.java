package io.tollgate.tests.attack;

import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What came of all attacks of one size.
 *
 * @param seconds from the first class to the stop, the start included
 * @param connections that were opened to attack
 * @param answered requests that the program answered, honest ones and those of the tests' clients
 *     included
 * @param heapBefore bytes reachable before the first attack
 * @param heapAfter bytes reachable after the last
 * @param logBytes all that the program wrote to its logs and its console
 * @param stopSeconds how long it took to stop
 */
record AttackReport(
    double seconds,
    long connections,
    long answered,
    long heapBefore,
    long heapAfter,
    int logBytes,
    double stopSeconds) {
  private static final double MIB = 1 << 20;

  /** For people. */
  String sentence(String size) {
    return String.format(
        Locale.ROOT,
        "%s: %d hostile connections, %d requests answered, %.0f s; reachable heap %.1f MiB"
            + " before, %.1f MiB after; %.1f MiB of logs; stopped in %.1f s%n",
        size,
        connections,
        answered,
        seconds,
        heapBefore / MIB,
        heapAfter / MIB,
        logBytes / MIB,
        stopSeconds);
  }

  /** Leaves it where {@code ./tollgate test attack} finds it. */
  void write(String size) {
    try {
      Path folder = Files.createDirectories(Program.projectRoot().resolve("target"));
      Files.writeString(folder.resolve("attack-" + size + ".txt"), sentence(size));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
