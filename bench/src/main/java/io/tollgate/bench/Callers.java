package io.tollgate.bench;

import java.nio.file.Path;

/**
 * Who calls a target.
 *
 * @param key of one caller
 * @param keys of many as {@link Keys} are told, or the one
 */
record Callers(String key, String keys) {
  static Callers of(Program program, int users) {
    Path file = program.keys();
    return new Callers(program.key(), users > 0 ? Keys.file(file) : program.key());
  }

  String of(Workload workload) {
    return workload.manyKeys() ? keys : key;
  }
}
