package io.tollgate.bench.load;

import io.tollgate.bench.Workload;
import io.tollgate.bench.program.KeyList;
import io.tollgate.bench.program.MeasuredProgram;
import java.nio.file.Path;

/**
 * Who calls a target.
 *
 * @param key of one caller
 * @param keys of many as {@link KeyList} are told, or the one
 */
public record BenchCallers(String key, String keys) {
  public static BenchCallers of(MeasuredProgram program, int users) {
    Path file = program.keys();
    return new BenchCallers(program.key(), users > 0 ? KeyList.file(file) : program.key());
  }

  public String of(Workload workload) {
    return workload.manyKeys() ? keys : key;
  }
}
