package io.tollgate.app;

import io.tollgate.ground.config.Settings;
import io.tollgate.metering.MeterLogs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.ParseResult;

/** Prints a meter log; exit code 1 when it cannot be used as it is. */
final class MeterLogCommand {
  private MeterLogCommand() {}

  static int run(Settings settings, ParseResult parsed, PrintWriter out) {
    Path file = parsed.matchedPositionalValue(0, Path.of(""));
    try {
      return MeterLogs.describe(file, out) ? 0 : 1;
    } catch (NoSuchFileException e) {
      throw new StartException(file + " is not there (expected: a meter log or its directory)");
    } catch (IOException e) {
      throw new StartException(file + " cannot be read: " + e.getMessage());
    }
  }
}
