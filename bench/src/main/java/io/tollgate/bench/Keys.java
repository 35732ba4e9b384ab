package io.tollgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keys as the benchmark's processes are told them: one itself, or many by {@code @FILE}. */
final class Keys {
  private Keys() {}

  static String file(Path file) {
    return "@" + file;
  }

  /** At least one. */
  static List<String> read(String argument) throws IOException {
    return argument.startsWith("@")
        ? Files.readAllLines(Path.of(argument.substring(1)))
        : List.of(argument);
  }
}
