package io.tollgate.metering;

import io.tollgate.metering.internal.meterlog.LogDescription;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** What can be said about meter logs without a running system. Only reads. */
public final class MeterLogs {
  private MeterLogs() {}

  /**
   * Prints the records of a log and what is wrong with it.
   *
   * @param path one segment, or a directory with the segments of one log
   * @return whether the log can be used as it is; a torn tail does no harm
   * @throws IOException when it cannot be read
   */
  public static boolean describe(Path path, PrintWriter out) throws IOException {
    return LogDescription.print(path, out);
  }
}
