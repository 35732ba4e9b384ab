package io.tollgate.tests.cluster;

import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the JVM learned at one start of the program, kept beside the build for all that follow:
 * tests that kill start many times.
 */
final class Learned {
  private static final Path FILE = Program.projectRoot().resolve("tests/target/program.aot");

  private Learned() {}

  /** Flags with which a program learns, when nothing is known of this build, or makes use of it. */
  static List<String> flags() {
    return fits()
        ? List.of("-XX:AOTCache=" + FILE, "-Xlog:aot*=off", "-Xlog:cds*=off")
        : List.of("-XX:AOTCacheOutput=" + FILE);
  }

  private static boolean fits() {
    try (Stream<Path> jars = Files.list(Program.libraries())) {
      FileTime built = jars.map(Learned::modified).max(Comparator.naturalOrder()).orElseThrow();
      return Files.exists(FILE) && modified(FILE).compareTo(built) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
