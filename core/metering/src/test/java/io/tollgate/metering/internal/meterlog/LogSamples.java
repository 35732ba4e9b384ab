package io.tollgate.metering.internal.meterlog;

import java.io.IOException;
import java.nio.file.Path;

/** Logs on disk to look at. */
public final class LogSamples {
  private LogSamples() {}

  /** Writes a log of so many records, not closed. */
  public static void write(Path folder, int records) throws IOException {
    WrittenLog.of(FileLogStorage.in(folder), 1, records);
  }
}
