package io.tollgate.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where its library of 70 MB does not lie beside its jar, DuckDB unpacks it into the folder for
 * temporary files and has it removed at a clean end only; each kill would leave one behind. Once it
 * is mapped nobody needs its name. Safe for use by many threads.
 */
public final class UnpackedLibrary {
  private static final Path MAPS = Path.of("/proc/self/maps");

  /** A number in its name makes it temporary: the one beside the jar has none. */
  private static final Pattern NAME = Pattern.compile("/.*/libduckdb_java\\d+\\.so");

  private UnpackedLibrary() {}

  /** Removes the file that this process has mapped; does nothing where that cannot be told. */
  public static void remove() throws IOException {
    if (!Files.isReadable(MAPS)) {
      return;
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    try (Stream<String> lines = Files.lines(MAPS, StandardCharsets.ISO_8859_1)) {
      for (String file :
          lines.map(NAME::matcher).filter(Matcher::find).map(Matcher::group).distinct().toList()) {
        Path path = Path.of(file);
        if (path.startsWith(temporary)) {
          boolean _ = Files.deleteIfExists(path);
        }
      }
    }
  }
}
