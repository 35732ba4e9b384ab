package io.tollgate.bench.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the keys that a process of the benchmark is given: one itself, or many by {@code @FILE}.
 */
public final class KeyList {
  private KeyList() {}

  public static String file(Path file) {
    return "@" + file;
  }

  /** At least one. */
  public static List<String> read(String argument) throws IOException {
    return argument.startsWith("@")
        ? Files.readAllLines(Path.of(argument.substring(1)))
        : List.of(argument);
  }
}
