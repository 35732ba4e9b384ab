package io.tollgate.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * DuckDB unpacks its library of 70 MB into the folder for temporary files and has it removed at a
 * clean end only; each kill would leave one behind. Once it is mapped nobody needs its name. Safe
 * for use by many threads.
 */
public final class UnpackedLibrary {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final String NAME = "libduckdb_java";

  private UnpackedLibrary() {}

  /** Removes the file that this process has mapped; does nothing where that cannot be told. */
  public static void remove() throws IOException {
    if (!Files.isReadable(MAPS)) {
      return;
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    try (Stream<String> lines = Files.lines(MAPS, StandardCharsets.ISO_8859_1)) {
      for (String file :
          lines
              .filter(line -> line.contains("/" + NAME) && line.indexOf('/') > 0)
              .map(line -> line.substring(line.indexOf('/')))
              .distinct()
              .toList()) {
        Path path = Path.of(file);
        if (path.startsWith(temporary)) {
          boolean _ = Files.deleteIfExists(path);
        }
      }
    }
  }
}
